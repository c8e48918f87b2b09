using System.Text.Json;
using System.Text.Json.Nodes;
using SEAS.Data.Contracts;

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
    /// <param name="settings">The endpoint.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="refused">Fields that the server does not take.</param>
    public static JsonObject Write(EndpointSettings settings, EndpointQuestion question, IReadOnlySet<string> refused)
    {
        var length = refused.Contains(Length) ? NewerLength : Length;
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

        foreach (var field in refused)
        {
            body.Remove(field);
        }

        if (refused.Contains("logprobs"))
        {
            body.Remove("top_logprobs");
        }

        return body;
    }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="FormatException">It is not what the API defines; the message says what is missing.</exception>
    /// <exception cref="EndpointErrorException">It holds an error in an answer's place.</exception>
    public static EndpointAnswer Read(EndpointStyle style, ReadOnlyMemory<byte> json)
    {
        using var document = Parse(json);
        var root = document.RootElement;
        var usage = Member(root, "usage");
        var (tokens, asked, model) = (Count(usage, "completion_tokens"), Count(usage, "prompt_tokens"), Text(root, "model"));
        if (Member(root, "choices") is not { ValueKind: JsonValueKind.Array } choices || choices.GetArrayLength() == 0)
        {
            return Member(root, "error") is { ValueKind: JsonValueKind.Object or JsonValueKind.String }
                ? throw new EndpointErrorException(EndpointError.Read(root))
                : AnswerText.IsFiltered(root)
                    ? new EndpointAnswer("", Stopped: true, AnswerOutcome.Withheld, tokens, asked, model, [])
                    : throw new FormatException("it holds no choices");
        }

        var choice = choices[0];
        if (Member(choice, "error") is { ValueKind: JsonValueKind.Object or JsonValueKind.String } && Member(choice, "message") is null)
        {
            throw new EndpointErrorException(EndpointError.Read(choice));
        }

        var (text, outcome) = AnswerText.Read(style, choice);
        return new EndpointAnswer(
            text, Text(choice, "finish_reason") != "length", outcome, tokens, asked, model, Places(style, Member(choice, "logprobs")));
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

    /// <summary>A member that is a text.</summary>
    internal static string? Text(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A member, whatever it is; null where there is none.</summary>
    internal static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : null;
}
