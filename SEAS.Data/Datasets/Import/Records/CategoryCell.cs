using System.Text.Json;
using System.Text.RegularExpressions;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>A type as files write it: a text, a list of texts, or flags: an object with true or false behind each type.</summary>
internal static partial class CategoryCell
{
    /// <summary>The types that a column names, in its order; empty where it names none.</summary>
    /// <exception cref="RowFault">It holds something that names no types.</exception>
    public static IReadOnlyList<string> Read(SourceRecord record, string column)
    {
        var value = record.Json(column);
        if (value.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
        {
            return Of(value, column);
        }

        if (record.Text(column)?.Trim() is not { } text)
        {
            return [];
        }

        return text[0] is '[' or '{' && Parsed(text) is { } nested ? Of(nested, column) : [text];
    }

    private static List<string> Of(JsonElement value, string column) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray().Select(element => One(element, column)).OfType<string>()]
        : Flags(value, column);

    private static string? One(JsonElement value, string column) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join(" / ", value.EnumerateArray().Select(part => One(part, column)).OfType<string>()),
        JsonValueKind.Object => throw Other(value, column),
        _ => JsonSourceRecord.Written(value, column) is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null,
    };

    private static List<string> Flags(JsonElement value, string column)
    {
        var members = value.EnumerateObject().ToList();
        if (members.TrueForAll(member => IsFlag(member.Value)))
        {
            return [.. members.Where(member => IsTrue(member.Value)).Select(JsonSourceRecord.Name)];
        }

        // Levels of a taxonomy by name.
        return members.TrueForAll(member => member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Null)
            ? [string.Join(" / ", members.Select(member => One(member.Value, column)).OfType<string>())]
            : throw Other(value, column);
    }

    private static bool IsFlag(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null
        || (value.ValueKind == JsonValueKind.Number && value.GetRawText() is "0" or "1" or "0.0" or "1.0");

    private static bool IsTrue(JsonElement value) => value.ValueKind == JsonValueKind.True
        || (value.ValueKind == JsonValueKind.Number && value.GetRawText() is "1" or "1.0");

    private static RowFault Other(JsonElement value, string column) => new(
        column, $"expected a type, a list of types, or types that are true or false, found {Shown.Shortly(value.GetRawText())}");

    // As JSON, or as Python prints lists and dicts of plain texts and truths.
    private static JsonElement? Parsed(string text)
    {
        using var json = JsonText.TryParse(text) ?? (Python().IsMatch(text) ? JsonText.TryParse(AsJson(text)) : null);
        return json?.RootElement.Clone();
    }

    private static string AsJson(string text) => Words().Replace(text, word => word.Value switch
    {
        "True" => "true",
        "False" => "false",
        "None" => "null",
        var quoted => $"\"{quoted[1..^1]}\"",
    });

    [GeneratedRegex(
        @"\A[\[{](\s*('[^'""\\]*'|True|False|None|[0-9.]+|[:,]))*\s*[\]}]\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Python();

    [GeneratedRegex("'[^']*'|True|False|None", RegexOptions.NonBacktracking)]
    private static partial Regex Words();
}
