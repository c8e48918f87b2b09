using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Tells whether a text is a table with a header, and of what.</summary>
internal sealed class TableDetection(string beginning, bool isAll, string extension, IReadOnlyDictionary<string, string> columns)
{
    private static readonly char[] s_delimiters = [',', ';', '\t'];

    private static readonly string s_expected =
        $"a header with {string.Join("; ", RedTeamFormats.All.Take(4).Select(set => string.Join(',', set.Signature)))}; " +
        $"or a column named {PlainFormats.PromptColumns}";

    /// <summary>The table; null if the text is none.</summary>
    /// <exception cref="SourceFault">It is one whose columns cannot hold prompts.</exception>
    public DetectedFormat? Detect()
    {
        foreach (var delimiter in s_delimiters)
        {
            if (Cells(delimiter, 1) is [var header] && Known(header) is { } first)
            {
                var rows = new CsvRows(delimiter);
                var found = rows.Read(new StringReader(beginning)).Take(60).Select(row => row.Record).OfType<SourceRecord>().ToList();
                // The last one may be cut by the end of the beginning.
                found = isAll || found.Count < 2 ? found : found[..^1];
                return FormatNaming.Of(rows, found.Count == 0 ? [first] : found, "", isTable: true, columns);
            }
        }

        var looksLikeTable = s_delimiters.FirstOrDefault(LooksLikeTable);
        if (looksLikeTable != default || extension is ".csv" or ".tsv")
        {
            var header = Cells(looksLikeTable == default ? ',' : looksLikeTable, 1).FirstOrDefault() ?? [];
            throw new SourceFault(
                s_expected,
                $"the columns {string.Join(", ", header.Take(30).Select(name => $"'{Shown.Shortly(name)}'"))}",
                "Name the column that holds the prompts 'prompt', and the one with their categories 'category', or say which they are.");
        }

        return null;
    }

    /// <summary>A record of the header alone, if its columns can hold prompts.</summary>
    private CsvSourceRecord? Known(IReadOnlyList<string> names)
    {
        var record = new CsvSourceRecord(1, new CsvHeader(names), [.. names.Select(_ => "")]);
        var isKnown = columns.TryGetValue(RowFields.Prompt, out var prompt)
            ? record.Has(prompt)
            : FormatCatalog.All.Any(format => format.Signature.All(record.Has))
                || PlainFormats.Of([record], isTable: true, columns) is not null;
        return isKnown ? record : null;
    }

    /// <summary>Whether the first rows have equally many cells and the very first only short names.</summary>
    private bool LooksLikeTable(char delimiter)
    {
        var rows = Cells(delimiter, 3);
        return rows.Count > 1
            && rows[0].Count > 1
            && rows.All(row => row.Count == rows[0].Count)
            && rows[0].All(name => name.Length < 40 && name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.'));
    }

    private List<IReadOnlyList<string>> Cells(char delimiter, int count) =>
        [.. new CsvReader(new StringReader(beginning), delimiter).Records().Take(count).Select(record => record.Cells)];
}
