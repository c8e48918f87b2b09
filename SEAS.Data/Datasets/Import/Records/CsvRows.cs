using SEAS.Data.Contracts.Ids;
using SEAS.Data.Datasets.Import.Sources;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>A table with a header.</summary>
/// <remarks>
/// What this program exported is told by the ids of its rows; there, texts that a spreadsheet would run lose the apostrophe that they got.
/// In other tables an apostrophe is a letter.
/// </remarks>
/// <param name="delimiter">What stands between cells.</param>
/// <param name="isGuarded">Apostrophes before formulas are a guard in any case, whoever wrote the table.</param>
internal sealed class CsvRows(char delimiter, bool isGuarded = false) : IRecordSource
{
    public string Name => delimiter == '\t' ? "TSV" : "CSV";

    public IEnumerable<FoundRecord> Read(CheckedText text) => Read((TextReader)text);

    /// <summary>The same for a text that is at hand.</summary>
    public IEnumerable<FoundRecord> Read(TextReader text)
    {
        CsvHeader? header = null;
        bool? isOurs = null;
        foreach (var record in new CsvReader(text, delimiter).Records())
        {
            if (record.Fault is { } fault)
            {
                yield return Problem(record, fault);
            }
            else if (header is null)
            {
                header = new CsvHeader(record.Cells);
            }
            else if (record.Cells.Count != header.Names.Count)
            {
                yield return Problem(
                    record,
                    $"expected {header.Names.Count} cells as in the header, found {record.Cells.Count} on line {record.Line}; " +
                    "a cell with a delimiter in it belongs in quotes");
            }
            else
            {
                isOurs ??= isGuarded || (header.Find("id") is var id and >= 0 && RowId.TryParse(record.Cells[id]) is not null);
                var cells = isOurs.Value ? [.. record.Cells.Select(FormulaGuard.Undo)] : record.Cells;
                yield return new FoundRecord(new CsvSourceRecord(record.Row, header, cells), null);
            }
        }
    }

    private static FoundRecord Problem(CsvRecord record, string message) => new(null, new RowError(record.Row, "", message));
}
