using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;
using SEAS.Data.Datasets.Import.Staging;

namespace SEAS.Data.Review.Files;

/// <summary>Labels in a table with a header: our own, and what spreadsheets and other tools make of such.</summary>
internal static class CsvLabels
{
    private static readonly char[] s_delimiters = [',', ';', '\t'];

    /// <summary>Null if the header names no label, or nothing that finds an item.</summary>
    public static LabelFile? Read(string beginning, CheckedText text, ProblemLog problems)
    {
        foreach (var delimiter in s_delimiters)
        {
            if (FirstRow(beginning, delimiter).Select(LabelColumns.Canonical).ToList() is var header && Fits(header))
            {
                return new LabelFile("CSV", Rows(new CsvRows(delimiter, isGuarded: true), text, problems));
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

    private static List<RawLabel> Rows(CsvRows rows, CheckedText text, ProblemLog problems)
    {
        var labels = new List<RawLabel>();
        foreach (var found in rows.Read(text))
        {
            if (found.Record is { } record)
            {
                labels.Add(new RawLabel(record.Row, Cells(record)));
            }
            else
            {
                problems.Add(found.Problem!);
            }
        }

        return labels;
    }

    private static Dictionary<string, string> Cells(SourceRecord record)
    {
        var filled = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in record.Columns)
        {
            if (record.Text(column) is { } cell && !LabelColumns.IsClockFault(column, cell))
            {
                filled.TryAdd(LabelColumns.Canonical(column), cell);
            }
        }

        return filled;
    }
}
