using System.Globalization;
using System.Text;
using SEAS.Data.Text;

namespace SEAS.Data.Review.Files;

/// <summary>One label a row (RFC 4180, but with line feeds), safe to open in a spreadsheet.</summary>
internal static class CsvLabelWriter
{
    public static void Write(IEnumerable<LabelledItem> items, Stream output)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var writer = new StreamWriter(output, utf8, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', LabelColumns.All));
        foreach (var (item, labels) in items)
        {
            foreach (var label in labels.DefaultIfEmpty())
            {
                writer.WriteLine(string.Join(',', LabelCells.Of(item, label).Select(cell => Cell(cell.Value))));
            }
        }
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => text.Length == 0 ? "" : Csv.Cell(text),
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
