using System.Text.Json;
using SEAS.Training.Text.Templates;

namespace SEAS.Web.Serving;

/// <summary>Reads the messages of a chat's request.</summary>
internal static class ChatTurns
{
    // What clients send back of an answer that they were given, and what changes no turn's text.
    private static readonly string[] s_known = ["role", "content", "refusal", "name", "annotations", "reasoning", "reasoning_content"];

    /// <summary>The conversation.</summary>
    /// <exception cref="ApiException">There is none, or one of its messages cannot be laid out: the error names its place.</exception>
    public static IReadOnlyList<ChatMessage> Read(JsonElement? messages) =>
        messages is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0
            ? [.. list.EnumerateArray().Select((message, place) => Message(message, $"messages[{place}]"))]
            : throw new ApiException("messages must be a list of at least one message.", "messages");

    private static ChatMessage Message(JsonElement message, string place)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            throw new ApiException($"{place} must be an object with a role and a content.", place);
        }

        var role = Member(message, "role") is { ValueKind: JsonValueKind.String } named ? named.GetString() : null;
        if (role is not ("system" or "developer" or "user" or "assistant"))
        {
            throw new ApiException(
                $"{place}.role is {(role is null ? "missing" : $"'{role}'")}; this server lays out the turns of system, developer, user and "
                + "assistant.", $"{place}.role");
        }

        foreach (var field in message.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null
            && !s_known.Contains(field.Name) && !(field.Value.ValueKind == JsonValueKind.Array && field.Value.GetArrayLength() == 0)))
        {
            throw new ApiException($"{place}.{field.Name} is not supported by this server.", $"{place}.{field.Name}")
            {
                Code = "unsupported_parameter",
            };
        }

        var content = Content(message, place) ?? (role == "assistant" ? Refusal(message) ?? "" : throw new ApiException(
            $"{place}.content must be a text, or a list of parts of the type text.", $"{place}.content"));
        return new ChatMessage(role == "developer" ? "system" : role, content);
    }

    private static string? Content(JsonElement message, string place) => Member(message, "content") switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Array } parts =>
            string.Concat(parts.EnumerateArray().Select((part, at) => Part(part, $"{place}.content[{at}]"))),
        _ => throw new ApiException($"{place}.content must be a text, or a list of parts of the type text.", $"{place}.content"),
    };

    // An assistant's part may be a refusal, which is what it said.
    private static string Part(JsonElement part, string place)
    {
        var type = Member(part, "type") is { ValueKind: JsonValueKind.String } named ? named.GetString() : null;
        return type is "text" or "refusal" && Member(part, type) is { ValueKind: JsonValueKind.String } text
            ? text.GetString()!
            : throw new ApiException(
                $"{place} must be a part of the type text{(type is null ? "" : $", found '{type}'")}: this model reads text alone.", place);
    }

    private static string? Refusal(JsonElement message) =>
        Member(message, "refusal") is { ValueKind: JsonValueKind.String } refusal ? refusal.GetString() : null;

    private static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
