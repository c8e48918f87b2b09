using System.Text.Json;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Lists of messages: <c>role</c> and <c>content</c> as with OpenAI, or <c>from</c> and <c>value</c> as with ShareGPT.</summary>
internal static class Conversation
{
    /// <summary>Whether a value is such a list.</summary>
    public static bool Is(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.Object;

    /// <summary>Whether a column holds such a list, as JSON or written into a text, or nothing.</summary>
    public static bool MayBe(SourceRecord record, string column) => Is(record.Messages(column)) || !record.IsFilled(column);

    /// <summary>The turns of a list, or of one message alone.</summary>
    /// <exception cref="RowFault">It is none.</exception>
    public static List<ChatTurn> Turns(JsonElement value, string column) => value.ValueKind switch
    {
        JsonValueKind.Object => [Turn(value, column)],
        JsonValueKind.Array => [.. value.EnumerateArray().Select(message => Turn(message, column))],
        _ => throw new RowFault(column, $"expected a list of messages, found {JsonSourceRecord.Kind(value)}"),
    };

    /// <summary>A row whose prompt is the last thing that the user says, and whose answer is what follows.</summary>
    /// <exception cref="RowFault">The user says nothing, or something comes after the answer.</exception>
    public static ImportedRow Fill(ImportedRow row, List<ChatTurn> turns, string column)
    {
        string? answer = null;
        if (turns is [.., { Role: "assistant" } last])
        {
            answer = last.Content;
            turns = turns[..^1];
        }

        if (turns is not [.., { Role: "user" } asked])
        {
            throw new RowFault(
                column, $"expected messages that end with the user's, or with an answer to it, found {Roles(turns, answer)}");
        }

        if (turns.Exists(turn => turn.Role == "tool"))
        {
            throw new RowFault(column, "expected turns of the system, the user and the assistant, found one of a tool");
        }

        if (string.IsNullOrWhiteSpace(asked.Content))
        {
            throw new RowFault(column, "expected the text of a prompt, found nothing");
        }

        var system = turns[0].Role == "system" ? turns[0].Content : row.System;
        return row with
        {
            Prompt = asked.Content,
            Answer = answer ?? row.Answer,
            System = system,
            History = [.. turns.Skip(turns[0].Role == "system" ? 1 : 0).SkipLast(1)],
        };
    }

    private static string Roles(List<ChatTurn> turns, string? answer) => turns.Count == 0 && answer is null
        ? "none"
        : "the roles " + string.Join(", ", turns.Select(turn => turn.Role).Concat(answer is null ? [] : ["assistant"]).TakeLast(6));

    private static ChatTurn Turn(JsonElement message, string column)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            throw new RowFault(column, $"expected messages in braces, found {JsonSourceRecord.Kind(message)}");
        }

        if (IsCall(message, "tool_calls") || IsCall(message, "function_call"))
        {
            throw new RowFault(column, "expected messages of text alone, found a call of a tool");
        }

        var speaker = message.TryGetProperty("role", out var role) ? role : message.TryGetProperty("from", out var from) ? from : default;
        var said = message.TryGetProperty("content", out var content) ? content
            : message.TryGetProperty("value", out var value) ? value : default;
        return new ChatTurn(Role(JsonSourceRecord.Written(speaker, column), column), Text(said, column));
    }

    private static bool IsCall(JsonElement message, string name) => message.TryGetProperty(name, out var call)
        && (call.ValueKind == JsonValueKind.Object || (call.ValueKind == JsonValueKind.Array && call.GetArrayLength() > 0));

    private static string Role(string? speaker, string column) => speaker?.Trim().ToLowerInvariant() switch
    {
        "user" or "human" or "prompter" => "user",
        "assistant" or "gpt" or "chatgpt" or "bot" or "model" => "assistant",
        "system" or "developer" => "system",
        "tool" or "function" or "observation" or "function_call" => "tool",
        null => throw new RowFault(column, "expected each message to have 'role' and 'content' or 'from' and 'value', found neither"),
        var other => throw new RowFault(
            column, $"expected the roles system, user (human), assistant (gpt) or tool, found '{Shown.Shortly(other)}'"),
    };

    // OpenAI also writes a list of parts, of which only texts can be taken; garak writes an object with its text.
    private static string Text(JsonElement said, string column) => said.ValueKind switch
    {
        JsonValueKind.String => JsonSourceRecord.Written(said, column)!,
        JsonValueKind.Array => string.Join('\n', said.EnumerateArray().Select(part => Part(part, column))),
        JsonValueKind.Object => Part(said, column),
        JsonValueKind.Null => "",
        _ => throw new RowFault(column, $"expected the text of a message, found {JsonSourceRecord.Kind(said)}"),
    };

    private static string Part(JsonElement part, string column) =>
        part.ValueKind == JsonValueKind.String ? JsonSourceRecord.Written(part, column)!
            : part.ValueKind == JsonValueKind.Object && TextOf(part) is { ValueKind: JsonValueKind.String } text
            ? JsonSourceRecord.Written(text, column)!
            : throw new RowFault(column, "expected messages of text alone, found a part that is none, such as a picture");

    // LLaMA-Factory's newer rows name a part's text 'value', and have parts of other types in the same place.
    private static JsonElement TextOf(JsonElement part) =>
        part.TryGetProperty("text", out var text) ? text
        : part.TryGetProperty("value", out var value) && part.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            && type.ValueEquals("text") ? value
        : default;
}
