using System.Text.Json;
using SEAS.Data.Contracts;

namespace SEAS.Training.Endpoints;

/// <summary>Reads what a choice says, and what came of the question where it says nothing.</summary>
internal static class AnswerText
{
    private static readonly string[] s_filtered =
        ["content_filter", "safety", "prohibited_content", "blocklist", "spii", "sensitive", "recitation", "refusal", "moderation"];

    /// <summary>Whether an answer without choices says that the prompt was filtered.</summary>
    public static bool IsFiltered(JsonElement root) =>
        EndpointJson.Member(root, "prompt_filter_results") is { ValueKind: JsonValueKind.Array } results && results.GetArrayLength() > 0
        || EndpointJson.Text(EndpointJson.Member(root, "promptFeedback") ?? default, "blockReason") is { Length: > 0 };

    /// <summary>A choice's text, empty where it has none, and what came of the question.</summary>
    /// <exception cref="FormatException">It is not what the API defines.</exception>
    public static (string Text, AnswerOutcome Outcome) Read(EndpointStyle style, JsonElement choice)
    {
        var filtered = s_filtered.Contains(EndpointJson.Text(choice, "finish_reason"), StringComparer.OrdinalIgnoreCase);
        if (style == EndpointStyle.Completions)
        {
            return EndpointJson.Text(choice, "text") is { } plain ? (plain, filtered ? AnswerOutcome.Withheld : AnswerOutcome.Answered)
                : filtered ? ("", AnswerOutcome.Withheld)
                : throw new FormatException("its first choice holds no text");
        }

        var message = EndpointJson.Member(choice, "message") ?? default;
        var text = Content(EndpointJson.Member(message, "content"));
        if (filtered)
        {
            return (text ?? "", AnswerOutcome.Withheld);
        }

        if (message.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("its first choice holds no text");
        }

        if (string.IsNullOrEmpty(text) && Refusal(message) is { Length: > 0 } refusal)
        {
            return (refusal, AnswerOutcome.Withheld);
        }

        // What was thought is no answer; an empty text that the model ended itself is one.
        var cut = EndpointJson.Text(choice, "finish_reason") == "length";
        return text is { Length: > 0 } || (text is not null && !cut && !Thinks(message))
            ? (text, AnswerOutcome.Answered)
            : ("", AnswerOutcome.NoAnswer);
    }

    // A text, or a list of parts of which those of the type text are the answer; null where there is neither.
    private static string? Content(JsonElement? content) => content switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Array } parts => parts.EnumerateArray().Where(part => part.ValueKind == JsonValueKind.String || IsText(part))
            .Select(part => part.ValueKind == JsonValueKind.String ? part.GetString() : EndpointJson.Text(part, "text")).ToList() is { Count: > 0 } texts
                ? string.Concat(texts)
                : null,
        _ => throw new FormatException("its first choice holds no text"),
    };

    private static bool IsText(JsonElement part) =>
        EndpointJson.Text(part, "text") is not null && EndpointJson.Text(part, "type") is null or "text" or "output_text";

    private static string? Refusal(JsonElement message) => EndpointJson.Text(message, "refusal")
        ?? (EndpointJson.Member(message, "content") is { ValueKind: JsonValueKind.Array } parts
            ? parts.EnumerateArray().Select(part => EndpointJson.Text(part, "refusal")).FirstOrDefault(said => said is { Length: > 0 })
            : null);

    private static bool Thinks(JsonElement message) =>
        EndpointJson.Text(message, "reasoning_content") is { Length: > 0 } || EndpointJson.Text(message, "reasoning") is { Length: > 0 };
}
