using System.Text.Json;

namespace SEAS.Data.Labels;

/// <summary>Labels as JSON objects: our own, Argilla's records, Label Studio's tasks, or rows of either made flat.</summary>
internal static class JsonLabels
{
    /// <exception cref="LabelFileException">It is no array of objects.</exception>
    public static LabelFile ReadArray(string path, string text, LabelProblems problems)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var labels = new List<RawLabel>();
            var formats = new HashSet<string>(StringComparer.Ordinal);
            var row = 0;
            foreach (var element in document.RootElement.EnumerateArray())
            {
                ReadElement(element, ++row, labels, formats, problems);
            }

            return new LabelFile(string.Join(", ", formats), labels);
        }
        catch (JsonException error)
        {
            throw new LabelFileException(path, "one whole JSON array", error.Message.TrimEnd('.'), "Export again.", error);
        }
    }

    /// <summary>One object a line.</summary>
    public static LabelFile ReadLines(string text, LabelProblems problems)
    {
        var labels = new List<RawLabel>();
        var formats = new HashSet<string>(StringComparer.Ordinal);
        var row = 0;
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } line)
        {
            row++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                using var document = JsonDocument.Parse(line);
                ReadElement(document.RootElement, row, labels, formats, problems);
            }
            catch (JsonException error)
            {
                problems.Add(row, "", $"expected one whole JSON object a line; {error.Message}");
            }
        }

        return new LabelFile(string.Join(", ", formats), labels);
    }

    /// <summary>A value as a cell of a table would hold it; null if it is empty.</summary>
    public static string? Text(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => null,
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Array when value.GetArrayLength() == 1 => Text(value[0]),
            JsonValueKind.Array when value.GetArrayLength() == 0 => null,
            JsonValueKind.Object when value.TryGetProperty("choices", out var choices) => Text(choices),
            JsonValueKind.Object when value.TryGetProperty("text", out var written) => Text(written),
            _ => value.GetRawText(),
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>Adds an object's members as cells; those that are there already stay.</summary>
    public static void AddCells(Dictionary<string, string> cells, JsonElement element)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (Text(member.Value) is { } text)
            {
                cells.TryAdd(LabelColumns.Canonical(member.Name), text);
            }
        }
    }

    private static void ReadElement(
        JsonElement element, int row, List<RawLabel> labels, HashSet<string> formats, LabelProblems problems)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Add(row, "", $"expected an object in braces, found {element.ValueKind.ToString().ToLowerInvariant()}");
            return;
        }

        var (format, read) = LabelStudioTasks.Fits(element) ? (LabelStudioTasks.Name, LabelStudioTasks.Read(element, row))
            : ArgillaRecords.Fits(element) ? (ArgillaRecords.Name, ArgillaRecords.Read(element, row))
            : ("JSON", [Flat(element, row)]);
        formats.Add(format);
        labels.AddRange(read);
    }

    private static RawLabel Flat(JsonElement element, int row)
    {
        var cells = new Dictionary<string, string>(StringComparer.Ordinal);
        AddCells(cells, element);
        return new RawLabel(row, cells);
    }
}
