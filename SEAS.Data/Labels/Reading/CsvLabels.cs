using SEAS.Data.Import;

namespace SEAS.Data.Labels;

/// <summary>Labels in a table with a header: our own, and what spreadsheets and other tools make of such.</summary>
internal static class CsvLabels
{
    private static readonly char[] s_delimiters = [',', ';', '\t'];

    /// <summary>Null if the header names no label, or nothing that finds an item.</summary>
    public static LabelFile? Read(string text, LabelProblems problems)
    {
        foreach (var delimiter in s_delimiters)
        {
            if (FirstRow(text, delimiter).Select(LabelColumns.Canonical).ToList() is var header && Fits(header))
            {
                return new LabelFile("CSV", Rows(text, delimiter, header, problems));
            }
        }

        return null;
    }

    /// <summary>The names of the columns, for a message.</summary>
    public static string Header(string text) =>
        string.Join(", ", FirstRow(text, ',').Take(30).Select(name => name.Length <= 40 ? $"'{name}'" : $"'{name[..40]}…'"));

    private static bool Fits(List<string> header) =>
        header.Exists(LabelColumns.Questions.Contains)
        && (header.Contains(LabelColumns.ContentHash) || header.Contains(LabelColumns.Prompt)
            || (header.Contains(LabelColumns.Round) && header.Contains(LabelColumns.Seed)));

    private static IReadOnlyList<string> FirstRow(string text, char delimiter) =>
        new CsvReader(new StringReader(text), delimiter).Records().FirstOrDefault()?.Cells ?? [];

    private static List<RawLabel> Rows(string text, char delimiter, List<string> header, LabelProblems problems)
    {
        var labels = new List<RawLabel>();
        foreach (var record in new CsvReader(new StringReader(text), delimiter).Records().Skip(1))
        {
            if (record.Fault is { } fault)
            {
                problems.Add(record.Row, "", fault);
            }
            else if (record.Cells.Count != header.Count)
            {
                problems.Add(
                    record.Row,
                    "",
                    $"expected {header.Count} cells as in the header, found {record.Cells.Count} on line {record.Line}; " +
                    "a cell with a delimiter in it belongs in quotes");
            }
            else
            {
                labels.Add(new RawLabel(record.Row, Cells(header, record.Cells)));
            }
        }

        return labels;
    }

    private static Dictionary<string, string> Cells(List<string> header, IReadOnlyList<string> cells)
    {
        var filled = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var column = 0; column < cells.Count; column++)
        {
            if (!string.IsNullOrWhiteSpace(cells[column]))
            {
                filled.TryAdd(header[column], FormulaGuard.Undo(cells[column]));
            }
        }

        return filled;
    }
}
