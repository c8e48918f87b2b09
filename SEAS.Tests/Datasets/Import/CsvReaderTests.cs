using CsCheck;
using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Tests.Datasets.Import;

public sealed class CsvReaderTests
{
    private static readonly string[] s_parts = ["a", "\"", ",", "\n", "\r\n", " ", "é"];

    [Theory]
    [InlineData("a,b\nc,d\n", "a|b/c|d")]
    [InlineData("a,b\r\nc,d", "a|b/c|d")]
    [InlineData("a,b\rc,d\r", "a|b/c|d")]
    [InlineData("a,\n,b\n", "a|/|b")]
    [InlineData("\"a,b\",c\n", "a,b|c")]
    [InlineData("\"a \"\"b\"\" c\",d\n", "a \"b\" c|d")]
    [InlineData("\"one\ntwo\r\nthree\",d\ne,f", "one\ntwo\r\nthree|d/e|f")]
    [InlineData("a 5\" nail,b\n", "a 5\" nail|b")]
    [InlineData("a,b\n\n\nc,d\n", "a|b/c|d")]
    [InlineData("\"\",b\n", "|b")]
    [InlineData("", "")]
    public void Cells_are_read_as_spreadsheets_write_them(string text, string expected) =>
        Assert.Equal(expected, string.Join('/', Records(text).Select(record => string.Join('|', record.Cells))));

    [Fact]
    public void A_record_knows_its_row_and_the_line_it_begins_on()
    {
        var records = Records("h\n\"one\r\ntwo\rthree\"\nlast\n");

        Assert.Equal([(1, 1), (2, 2), (3, 5)], records.Select(record => (record.Row, record.Line)));
    }

    [Fact]
    public void A_letter_after_a_closing_quote_is_a_fault_of_that_row_alone()
    {
        var records = Records("\"a\"b,c\nd,e\n");

        Assert.Contains("'b'", records[0].Fault, StringComparison.Ordinal);
        Assert.Null(records[1].Fault);
        Assert.Equal(["d", "e"], records[1].Cells);
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_named_by_its_line() =>
        Assert.Contains("line 2", Records("a\n\"b\nc\nd")[1].Fault, StringComparison.Ordinal);

    [Fact]
    public void A_cell_without_end_is_refused_before_memory_is() =>
        Assert.Throws<InvalidDataException>(() => Records("\"" + new string('x', 3_000_000)));

    [Fact]
    public void Written_cells_come_back_whatever_they_hold() =>
        Gen.OneOf(s_parts).Array[0, 6].Select(string.Concat).Array[2, 5].Array[1, 4].Sample(rows =>
            {
                var text = string.Concat(rows.Select(row =>
                    string.Join(',', row.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"));

                Assert.Equal(rows, Records(text).Select(record => record.Cells.ToArray()));
            },
            iter: 1000);

    private static List<CsvRecord> Records(string text) => [.. new CsvReader(new StringReader(text), ',').Records()];
}
