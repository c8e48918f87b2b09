using System.Security.Cryptography;
using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Serving;
using SEAS.Training.Text.Templates;

namespace SEAS.Web.Serving;

/// <summary>The body of a request as OpenAI's API defines it, and everything that is wrong with it.</summary>
/// <remarks>A field that would change the answer and is not known is refused by name, never ignored.</remarks>
internal sealed class CompletionRequest
{
    private const int MostAnswers = 16;
    private const int MostStops = 4;

    private static readonly string[] s_understood =
    [
        "model", "messages", "prompt", "max_tokens", "max_completion_tokens", "temperature", "top_p", "top_k", "n", "stop", "seed",
        "stream", "stream_options", "user", "metadata", "store", "service_tier",
    ];

    // Fields whose usual value asks for what is done anyway.
    private static readonly Dictionary<string, string[]> s_harmless = new(StringComparer.Ordinal)
    {
        ["frequency_penalty"] = ["0", "0.0", "null"],
        ["presence_penalty"] = ["0", "0.0", "null"],
        ["logprobs"] = ["false", "null"],
        ["top_logprobs"] = ["0", "null"],
        ["logit_bias"] = ["{}", "null"],
        ["response_format"] = ["{\"type\":\"text\"}", "null"],
        ["tools"] = ["[]", "null"],
        ["tool_choice"] = ["\"none\"", "\"auto\"", "null"],
        ["echo"] = ["false", "null"],
        ["suffix"] = ["\"\"", "null"],
        ["best_of"] = ["1", "null"],
        ["parallel_tool_calls"] = ["true", "false", "null"],
    };

    private readonly JsonElement _body;

    /// <exception cref="ApiException">The body is no object, or asks for something that is not known.</exception>
    public CompletionRequest(JsonElement body)
    {
        _body = body.ValueKind == JsonValueKind.Object ? body : throw new ApiException("The body must be a JSON object.", null);
        foreach (var field in body.EnumerateObject().Where(field => !s_understood.Contains(field.Name)))
        {
            var written = JsonSerializer.Serialize(field.Value);
            if (!s_harmless.TryGetValue(field.Name, out var usual) || !usual.Contains(written))
            {
                throw new ApiException($"{field.Name} = {written} is not supported by this server.", field.Name);
            }
        }
    }

    /// <summary>The model that is asked.</summary>
    public string Model => Text("model") ?? throw new ApiException("model must name one of the served models; GET /v1/models.", "model");

    /// <summary>Whether the answer shall come piece by piece.</summary>
    public bool Streams => Flag(_body, "stream");

    /// <summary>Whether a stream shall end with the count of tokens.</summary>
    public bool IncludesUsage =>
        _body.TryGetProperty("stream_options", out var options) && options.ValueKind == JsonValueKind.Object
        && Flag(options, "include_usage");

    /// <summary>The conversation of a chat.</summary>
    public IReadOnlyList<ChatMessage> Messages()
    {
        if (!_body.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array
            || messages.GetArrayLength() == 0)
        {
            throw new ApiException("messages must be a list of at least one message.", "messages");
        }

        return [.. messages.EnumerateArray().Select(Message)];
    }

    /// <summary>The texts to continue.</summary>
    public IReadOnlyList<string> Prompts()
    {
        _body.TryGetProperty("prompt", out var prompt);
        return prompt.ValueKind switch
        {
            JsonValueKind.String => [prompt.GetString()!],
            JsonValueKind.Array when prompt.GetArrayLength() is > 0 and <= MostAnswers
                && prompt.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
                [.. prompt.EnumerateArray().Select(item => item.GetString()!)],
            _ => throw new ApiException($"prompt must be a text or a list of 1 to {MostAnswers} texts.", "prompt"),
        };
    }

    /// <summary>The question to the model.</summary>
    /// <param name="prompt">Token ids.</param>
    /// <param name="room">Tokens that the model has left for an answer.</param>
    /// <param name="standard">The most tokens of an answer where the request does not say.</param>
    public ServedQuestion Question(int[] prompt, int room, int standard)
    {
        if (room < 1)
        {
            throw new ApiException($"The prompt has {prompt.Length} tokens, which leaves no room for an answer.", "messages");
        }

        var most = Whole("max_completion_tokens", 1, int.MaxValue) ?? Whole("max_tokens", 1, int.MaxValue) ?? standard;
        var sampling = new SamplingSettings(
            Number("temperature", 0, 2) ?? 1, Number("top_p", 0, 1) ?? 1, (int)(Whole("top_k", 0, int.MaxValue) ?? 0),
            (int)Math.Min(most, room));
        var seed = _body.TryGetProperty("seed", out var given) && given.ValueKind == JsonValueKind.Number
            && given.TryGetInt64(out var number)
            ? (ulong)number
            : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        var answers = Whole("n", 1, MostAnswers) ?? 1;
        return new ServedQuestion(
            prompt, sampling, [.. Enumerable.Range(0, (int)answers).Select(answer => new RandomStream(seed, "serve", answer))], Stops());
    }

    private string[] Stops()
    {
        if (!_body.TryGetProperty("stop", out var stop) || stop.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        string[] stops = stop.ValueKind switch
        {
            JsonValueKind.String => [stop.GetString()!],
            JsonValueKind.Array =>
                [.. stop.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : "")],
            _ => [""],
        };
        return stops.Length <= MostStops && stops.All(text => text.Length > 0)
            ? stops
            : throw new ApiException($"stop must be a text or a list of at most {MostStops} texts, none of them empty.", "stop");
    }

    private static ChatMessage Message(JsonElement message)
    {
        var role = message.ValueKind == JsonValueKind.Object && message.TryGetProperty("role", out var named) ? named.ToString() : "";
        if (role is not ("system" or "developer" or "user" or "assistant") || !message.TryGetProperty("content", out var content))
        {
            throw new ApiException("Each message needs a role (system, user or assistant) and a content.", "messages");
        }

        var text = content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array when content.EnumerateArray().All(IsText) =>
                string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString())),
            _ => throw new ApiException("A message's content must be a text, or a list of parts of the type text.", "messages"),
        };
        return new ChatMessage(role == "developer" ? "system" : role, text);
    }

    private static bool IsText(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out var type) && type.ToString() == "text"
        && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String;

    private static bool Flag(JsonElement of, string name)
    {
        if (!of.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return false;
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw new ApiException($"{name} must be true or false.", name);
    }

    private string? Text(string name) =>
        _body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private long? Whole(string name, long least, long most) =>
        Number(name, least, most) is not { } number ? null
        : double.IsInteger(number) ? (long)number
        : throw new ApiException($"{name} must be a whole number.", name);

    private double? Number(string name, double least, double most)
    {
        if (!_body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && number >= least && number <= most
            ? number
            : throw new ApiException($"{name} must be a number between {least} and {most}.", name);
    }
}
