namespace SEAS.Data.Import;

/// <summary>A table with a header.</summary>
internal sealed class CsvRows(char delimiter) : IRecordSource
{
    public string Name => delimiter == '\t' ? "TSV" : "CSV";

    public IEnumerable<FoundRecord> Read(CheckedText text) => Read((TextReader)text);

    /// <summary>The same for a text that is at hand.</summary>
    public IEnumerable<FoundRecord> Read(TextReader text)
    {
        CsvHeader? header = null;
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
                yield return new FoundRecord(new CsvSourceRecord(record.Row, header, record.Cells), null);
            }
        }
    }

    private static FoundRecord Problem(CsvRecord record, string message) => new(null, new RowError(record.Row, "", message));
}
