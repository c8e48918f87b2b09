using System.Text.Json;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;
using SEAS.Data.Datasets.Import.Staging;

namespace SEAS.Data.Review.Files;

/// <summary>Labels as JSON objects: our own, Argilla's records, Label Studio's tasks, or rows of either made flat.</summary>
internal static class JsonLabels
{
    /// <summary>Every record that the source finds, of whatever tool it is.</summary>
    public static LabelFile Read(IRecordSource source, CheckedText text, ProblemLog problems)
    {
        var labels = new List<RawLabel>();
        var formats = new HashSet<string>(StringComparer.Ordinal);
        foreach (var found in source.Read(text))
        {
            if (found.Record is JsonSourceRecord record)
            {
                Read(record, labels, formats, problems);
            }
            else
            {
                problems.Add(found.Problem ?? new RowError(found.Record!.Row, "", "expected an object in braces, found a text"));
            }
        }

        return new LabelFile(string.Join(", ", formats), labels);
    }

    /// <summary>A value as a cell of a table would hold it; null if it is empty.</summary>
    /// <exception cref="RowFault">It holds half a letter or a null character.</exception>
    public static string? Text(JsonElement value, string column = "")
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Array when value.GetArrayLength() == 1 => Text(value[0], column),
            JsonValueKind.Array when value.GetArrayLength() == 0 => null,
            JsonValueKind.Object when value.TryGetProperty("choices", out var choices) => Text(choices, column),
            JsonValueKind.Object when value.TryGetProperty("text", out var written) => Joined(written, "\n", column),
            JsonValueKind.Object when value.TryGetProperty("taxonomy", out var paths) => Taxonomy(paths, column),
            JsonValueKind.Array when AreTexts(value) => Joined(value, ", ", column),
            _ => JsonSourceRecord.Written(value, column),
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static bool AreTexts(JsonElement list) => list.EnumerateArray().All(element => element.ValueKind == JsonValueKind.String);

    private static string? Joined(JsonElement value, string between, string column) => value.ValueKind == JsonValueKind.Array
        ? string.Join(between, value.EnumerateArray().Select(element => Text(element, column)).OfType<string>())
        : Text(value, column);

    // A path of names for each choice: "Jailbreak / Role play".
    private static string? Taxonomy(JsonElement paths, string column) => paths.ValueKind != JsonValueKind.Array ? Text(paths, column)
        : paths.EnumerateArray().All(path => path.ValueKind == JsonValueKind.Array)
            ? string.Join(", ", paths.EnumerateArray().Select(path => Joined(path, " / ", column)))
            : Joined(paths, " / ", column);

    /// <summary>Adds an object's members as cells; those that are there already stay.</summary>
    public static void AddCells(Dictionary<string, string> cells, JsonElement element)
    {
        foreach (var member in element.EnumerateObject())
        {
            var name = JsonSourceRecord.Name(member);
            if (Text(member.Value, name) is { } text && !LabelColumns.IsClockFault(name, text))
            {
                cells.TryAdd(LabelColumns.Canonical(name), text);
            }
        }
    }

    private static void Read(JsonSourceRecord record, List<RawLabel> labels, HashSet<string> formats, ProblemLog problems)
    {
        try
        {
            var (element, row) = (record.Whole, record.Row);
            var (format, read) = LabelStudioTasks.Fits(element) ? (LabelStudioTasks.Name, LabelStudioTasks.Read(element, row))
                : ArgillaRecords.Fits(element) ? (ArgillaRecords.Name, ArgillaRecords.Read(element, row))
                : ("JSON", [Flat(element, row)]);
            formats.Add(format);
            labels.AddRange(read);
        }
        catch (RowFault fault)
        {
            problems.Add(fault.At(record.Row));
        }
        catch (InvalidOperationException error) when (JsonText.IsHalfText(error))
        {
            problems.Add(JsonSourceRecord.HalfName().At(record.Row));
        }
    }

    private static RawLabel Flat(JsonElement element, int row)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        AddCells(cells, element);
        return new RawLabel(row, cells);
    }
}
