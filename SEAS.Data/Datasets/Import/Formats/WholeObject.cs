using System.Text;
using System.Text.Json;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>What one JSON object that is a whole file holds: a log, a list of rows under a name, columns, topics with questions.</summary>
internal static class WholeObject
{
    private static readonly string[] s_lists =
        ["data", "rows", "train", "test", "validation", "examples", "samples", "items", "records", "instances", "questions", "prompts",
            "results", "tests", "dataset", "entries"];

    /// <summary>The lists of rows that the object wraps, as the way of names to them; null if it is no wrapper.</summary>
    public static string[]? RowsWithin(JsonElement value)
    {
        if (Has(value, "eval") && Has(value, "samples"))
        {
            return ["samples"];   // Inspect's log
        }

        if (Has(value, "results") && Has(value.GetProperty("results"), "results"))
        {
            return ["results", "results"];   // promptfoo's
        }

        var lists = value.EnumerateObject().Where(member => HoldsObjects(member.Value)).Select(JsonSourceRecord.Name).ToList();
        var others = value.EnumerateObject().Where(member => !HoldsObjects(member.Value)).ToList();
        return lists is [var only]
            && (s_lists.Contains(only, StringComparer.Ordinal) || others.Count == 0)
            && !others.Exists(member => PlainFormats.KnownNames.Contains(member.Name, StringComparer.Ordinal))
            && !PlainFormats.KnownNames.Contains(only, StringComparer.Ordinal)
            ? [only] : null;
    }

    /// <summary>The same for an object that begins a file and is too long to be looked at as a whole, by the names that it begins with.</summary>
    public static string[]? RowsWithin(string beginning)
    {
        var names = Names(beginning);
        return names.Contains("eval") && (names.Contains("version") || names.Contains("status")) ? ["samples"]
            : names.Contains("evalId") || names.Contains("results/results") || names.Contains("results/prompts") ? ["results", "results"]
            : null;
    }

    /// <summary>Whether the object is topics with questions under them: lists of texts or of records, and no column's name above them.</summary>
    public static bool IsTopics(JsonElement value) =>
        value.EnumerateObject().Any()
        && value.EnumerateObject().All(member => member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            && !PlainFormats.KnownNames.Contains(member.Name, StringComparer.Ordinal))
        && HasTexts(value);

    /// <summary>Refuses columns of values where rows are expected.</summary>
    /// <exception cref="SourceFault">The object is columns of values.</exception>
    public static void RefuseColumns(JsonElement value)
    {
        var members = value.EnumerateObject().ToList();
        if (members.Count == 0 || !members.TrueForAll(member => IsColumn(member.Value))
            || !members.Exists(member => PlainFormats.KnownNames.Contains(member.Name, StringComparer.Ordinal)))
        {
            return;
        }

        throw new SourceFault(
            "rows: JSON objects, one a line or in an array",
            $"one object that holds columns of values ({string.Join(", ", members.Take(12).Select(member => member.Name))})",
            "Write it row by row; pandas does with orient='records' and lines=True.");
    }

    // A list of values, or values by the number of their row.
    private static bool IsColumn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() > 0 && value.EnumerateArray().All(element =>
            element.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null),
        JsonValueKind.Object => value.EnumerateObject().Any()
            && value.EnumerateObject().All(member => member.Name.Length > 0 && member.Name.All(char.IsAsciiDigit)),
        _ => false,
    };

    private static bool Has(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member)
        && member.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    private static bool HoldsObjects(JsonElement value) => value.ValueKind == JsonValueKind.Array
        && value.EnumerateArray().Any(element => element.ValueKind == JsonValueKind.Object);

    private static bool HasTexts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member => HasTexts(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Any(element => element.ValueKind is JsonValueKind.String or JsonValueKind.Object),
        _ => false,
    };

    // The names of the outermost members, and of those of 'results', as far as the beginning goes.
    private static HashSet<string> Names(string beginning)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(beginning), isFinalBlock: false, default);
        var last = "";
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
                {
                    names.Add(last = reader.GetString() ?? "");
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 2)
                {
                    names.Add($"{last}/{reader.GetString()}");
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // What follows is for the reader of the rows to say.
        }

        return names;
    }
}
