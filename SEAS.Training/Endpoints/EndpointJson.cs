using System.Text.Json;
using System.Text.Json.Nodes;

namespace SEAS.Training.Endpoints;

/// <summary>Questions and answers as OpenAI's API writes them, for chats and for plain completions.</summary>
internal static class EndpointJson
{
    private const int ChatAlternatives = 20, PlainAlternatives = 5;   // the most that OpenAI offers in each

    /// <summary>The path below the address.</summary>
    public static string Path(EndpointStyle style) => style == EndpointStyle.Chat ? "/chat/completions" : "/completions";

    /// <summary>What the longest answer is called, and what OpenAI's newer models want it to be called.</summary>
    public const string Length = "max_tokens", NewerLength = "max_completion_tokens";

    /// <summary>The body of a question.</summary>
    public static string Write(EndpointSettings settings, EndpointQuestion question, string length = Length)
    {
        var body = new JsonObject
        {
            ["model"] = settings.Model,
            [length] = question.MaxTokens,
            ["temperature"] = question.Temperature,
            ["top_p"] = question.TopP,
        };
        if (question.TopK > 0)
        {
            body["top_k"] = question.TopK;
        }

        if (question.Seed is { } seed)
        {
            body["seed"] = seed;
        }

        if (settings.Style == EndpointStyle.Chat)
        {
            body["messages"] = new JsonArray([.. question.Turns.Select(turn =>
                new JsonObject { ["role"] = turn.Role, ["content"] = turn.Content })]);
            if (question.WantsFirstTokens)
            {
                body["logprobs"] = true;
                body["top_logprobs"] = ChatAlternatives;
            }
        }
        else
        {
            body["prompt"] = question.Turns.Single().Content;
            if (question.WantsFirstTokens)
            {
                body["logprobs"] = PlainAlternatives;
            }
        }

        return body.ToJsonString();
    }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="FormatException">It is not what the API defines; the message says what is missing.</exception>
    public static EndpointAnswer Read(EndpointStyle style, ReadOnlyMemory<byte> json)
    {
        using var document = Parse(json);
        var root = document.RootElement;
        if (Member(root, "choices") is not { ValueKind: JsonValueKind.Array } choices || choices.GetArrayLength() == 0)
        {
            throw new FormatException("it holds no choices");
        }

        var choice = choices[0];
        var finish = Text(choice, "finish_reason");
        var withheld = finish == "content_filter";
        var usage = Member(root, "usage");
        return new EndpointAnswer(
            Content(style, choice) ?? (withheld ? "" : throw new FormatException("its first choice holds no text")),
            finish != "length", withheld, Count(usage, "completion_tokens"), Count(usage, "prompt_tokens"), Text(root, "model"),
            Places(style, Member(choice, "logprobs")));
    }

    /// <summary>The message and the code of an error; both null if the body holds none.</summary>
    public static (string? Message, string? Code) Error(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = Parse(json);
            var root = document.RootElement;
            var error = Member(root, "error") ?? root;
            return error.ValueKind == JsonValueKind.String
                ? (error.GetString(), null)
                : (Text(error, "message") ?? Text(error, "detail"), Text(error, "code"));
        }
        catch (FormatException)
        {
            return (null, null);
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    // A chat that was given nothing to say has null for its text; a refusal stands beside it.
    private static string? Content(EndpointStyle style, JsonElement choice)
    {
        if (style == EndpointStyle.Completions)
        {
            return Text(choice, "text");
        }

        return Member(choice, "message") is not { ValueKind: JsonValueKind.Object } message ? null
            : Text(message, "content") ?? Text(message, "refusal")
                ?? (Member(message, "content") is { ValueKind: JsonValueKind.Null } ? "" : null);
    }

    private static List<IReadOnlyList<TokenChance>> Places(EndpointStyle style, JsonElement? written)
    {
        if (written is not { ValueKind: JsonValueKind.Object } logprobs)
        {
            return [];
        }

        return Member(logprobs, style == EndpointStyle.Chat ? "content" : "top_logprobs") is { ValueKind: JsonValueKind.Array } places
            ? [.. places.EnumerateArray().Select(place => style == EndpointStyle.Chat ? ChatPlace(place) : PlainPlace(place))]
            : [];
    }

    private static List<TokenChance> ChatPlace(JsonElement place) =>
        Member(place, "top_logprobs") is { ValueKind: JsonValueKind.Array } likeliest
            ? [.. likeliest.EnumerateArray().Select(item => Chance(Text(item, "token"), Member(item, "logprob"))).OfType<TokenChance>()]
            : [];

    private static List<TokenChance> PlainPlace(JsonElement place) => place.ValueKind == JsonValueKind.Object
        ? [.. place.EnumerateObject().Select(item => Chance(item.Name, item.Value)).OfType<TokenChance>()]
        : [];

    private static TokenChance? Chance(string? token, JsonElement? written) =>
        token is not null && written is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var logarithm)
        && !double.IsNaN(logarithm) ? new TokenChance(token, logarithm) : null;

    private static int? Count(JsonElement? of, string name) =>
        of is { } usage && Member(usage, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var count)
        && count >= 0 ? count : null;

    private static string? Text(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : null;
}
