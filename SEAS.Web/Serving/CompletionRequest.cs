using System.Security.Cryptography;
using System.Text.Json;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Serving;
using SEAS.Training.Text.Templates;

namespace SEAS.Web.Serving;

/// <summary>The body of a request as OpenAI's API defines it, and everything that is wrong with it.</summary>
internal sealed class CompletionRequest
{
    private const int MostAnswers = 16;
    private const int MostPrompts = 64;
    private const int MostStops = 4;
    private const int MostLikeliest = 20;

    private readonly RequestFields _fields;
    private readonly bool _isChat;

    /// <param name="body">The body.</param>
    /// <param name="isChat">Chat rather than plain completion.</param>
    /// <exception cref="ApiException">The body is no object, or asks for something that is not known.</exception>
    public CompletionRequest(JsonElement body, bool isChat)
    {
        _isChat = isChat;
        _fields = isChat ? new RequestFields(body, "messages", "top_logprobs") : new RequestFields(body, "prompt", "echo");
        Model = _fields.Text("model") ?? throw new ApiException("model must name one of the served models; GET /v1/models.", "model");
        Streams = _fields.Flag("stream");
        Echoes = !isChat && _fields.Flag("echo");
        Likeliest = isChat ? OfChat() : OfPlain();
        IncludesUsage = StreamOptions();
    }

    /// <summary>The model that is asked.</summary>
    public string Model { get; }

    /// <summary>Whether the answer shall come piece by piece.</summary>
    public bool Streams { get; }

    /// <summary>Whether a stream shall end with the count of tokens.</summary>
    public bool IncludesUsage { get; }

    /// <summary>Whether the prompt is wanted before each answer.</summary>
    public bool Echoes { get; }

    /// <summary>How many likeliest tokens are told for each place; null where no probabilities are wanted.</summary>
    public int? Likeliest { get; }

    /// <summary>The conversation of a chat.</summary>
    public IReadOnlyList<ChatMessage> Messages() => ChatTurns.Read(_fields.Find("messages"));

    /// <summary>The prompts to continue, as token ids.</summary>
    /// <param name="encode">Gives a text's ids.</param>
    /// <param name="vocabulary">Rows that the model has: ids beyond them are refused.</param>
    public IReadOnlyList<int[]> Prompts(Func<string, int[]> encode, int vocabulary)
    {
        var prompt = _fields.Find("prompt");
        return prompt switch
        {
            { ValueKind: JsonValueKind.String } text => [encode(text.GetString()!)],
            { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() is > 0 and <= MostPrompts
                && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                [.. list.EnumerateArray().Select(item => encode(item.GetString()!))],
            { ValueKind: JsonValueKind.Array } list when Ids(list) is { } ids => [ids],
            { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() is > 0 and <= MostPrompts
                && list.EnumerateArray().Select(Ids).ToList() is var rows && rows.TrueForAll(row => row is not null) => [.. rows.OfType<int[]>()],
            _ => throw new ApiException(
                $"prompt must be a text, a list of 1 to {MostPrompts} texts, a list of token ids from 0 to {vocabulary - 1}, or a list of "
                + $"1 to {MostPrompts} of these.", "prompt"),
        };

        int[]? Ids(JsonElement row) => row.ValueKind == JsonValueKind.Array && row.GetArrayLength() > 0
            && row.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var id) && id >= 0 && id < vocabulary)
                ? [.. row.EnumerateArray().Select(item => item.GetInt32())]
                : null;
    }

    /// <summary>The question to the model.</summary>
    /// <param name="prompt">Token ids.</param>
    /// <param name="room">Tokens that the model has left for an answer.</param>
    /// <param name="standard">The most tokens of an answer where the request does not say.</param>
    public ServedQuestion Question(int[] prompt, int room, int standard)
    {
        var least = Echoes ? 0 : 1;   // a prompt can be wanted back alone
        var most = _fields.Whole("max_completion_tokens", least, long.MaxValue) ?? _fields.Whole("max_tokens", least, long.MaxValue)
            ?? Math.Max(1, standard);
        if (room < Math.Min(most, 1))
        {
            throw new ApiException(
                $"The prompt has {prompt.Length} tokens, which leaves no room for an answer: this model has {prompt.Length + room} positions.",
                _isChat ? "messages" : "prompt")
            {
                Code = "context_length_exceeded",
            };
        }

        var topK = _fields.Whole("top_k", -1, int.MaxValue) ?? 0;   // -1 is off too, as some servers write it
        var sampling = new SamplingSettings(
            _fields.Number("temperature", 0, 2) ?? 1, _fields.Number("top_p", 0, 1) ?? 1, (int)Math.Max(topK, 0),
            (int)Math.Max(1, Math.Min(most, room)));
        var seed = (ulong?)_fields.Whole("seed", long.MinValue, long.MaxValue)
            ?? BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        var answers = _fields.Whole("n", 1, MostAnswers) ?? 1;
        return new ServedQuestion(
            prompt, sampling, [.. Enumerable.Range(0, (int)answers).Select(answer => new RandomStream(seed, "serve", answer))], Stops())
        {
            Likeliest = Likeliest, Continues = !_isChat, Echoes = Echoes, WritesNothing = most == 0,
        };
    }

    private int? OfChat()
    {
        var likeliest = (int?)_fields.Whole("top_logprobs", 0, MostLikeliest);
        return _fields.Flag("logprobs") ? likeliest ?? 0
            : likeliest is null or 0 ? null
            : throw new ApiException("top_logprobs asks for what only logprobs = true gives.", "top_logprobs");
    }

    // A client that knows chats may say false for none.
    private int? OfPlain() =>
        _fields.Find("logprobs")?.ValueKind == JsonValueKind.False ? null : (int?)_fields.Whole("logprobs", 0, MostLikeliest);

    private bool StreamOptions()
    {
        if (_fields.Find("stream_options") is not { } options)
        {
            return false;
        }

        if (options.ValueKind != JsonValueKind.Object || !Streams)
        {
            throw new ApiException("stream_options must be an object, and goes with stream = true alone.", "stream_options");
        }

        foreach (var field in options.EnumerateObject().Where(field => field.Name is not ("include_usage" or "include_obfuscation")))
        {
            throw new ApiException($"stream_options.{field.Name} is not supported by this server.", $"stream_options.{field.Name}");
        }

        RequestFields.Flag(options.TryGetProperty("include_obfuscation", out var padding) ? padding : null, "stream_options.include_obfuscation");
        return RequestFields.Flag(
            options.TryGetProperty("include_usage", out var usage) ? usage : null, "stream_options.include_usage");
    }

    private string[] Stops()
    {
        string[] stops = _fields.Find("stop") switch
        {
            null => [],
            { ValueKind: JsonValueKind.String } text => [text.GetString()!],
            { ValueKind: JsonValueKind.Array } list =>
                [.. list.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : "")],
            _ => [""],
        };
        return stops.Length <= MostStops && stops.All(text => text.Length > 0)
            ? stops
            : throw new ApiException($"stop must be a text or a list of at most {MostStops} texts, none of them empty.", "stop");
    }
}
