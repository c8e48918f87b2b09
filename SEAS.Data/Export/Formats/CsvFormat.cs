using System.Globalization;
using System.Text;
using System.Text.Json;
using SEAS.Data.Labels;

namespace SEAS.Data.Export;

/// <summary>The frozen rows as tables (RFC 4180), safe to open in a spreadsheet. What is no single value is written as JSON.</summary>
internal static class CsvFormat
{
    public static IEnumerable<ExportEntry> Entries() => FrozenFiles.All.Select(file =>
        new ExportEntry(Path.ChangeExtension(file, ".csv"), [file], (source, output) => Write(source, output, file)));

    private static void Write(ExportSource source, EntryOutput output, string file)
    {
        IReadOnlyList<string> columns = FrozenColumns.Names(file);
        var line = new StringBuilder();
        Line(columns, column => Csv.Cell(column));
        foreach (var row in source.Rows(file).TakeWhile(_ => !output.IsFull))
        {
            Line(columns, column => row.TryGetProperty(column, out var value) ? Cell(value) : "");
            output.EndRow();
        }

        void Line(IReadOnlyList<string> names, Func<string, string> cell)
        {
            line.Clear();
            for (var at = 0; at < names.Count; at++)
            {
                line.Append(at == 0 ? "" : ",").Append(cell(names[at]));
            }

            line.Append("\r\n");
            foreach (var piece in line.GetChunks())
            {
                output.Write(Encoding.UTF8.GetBytes(piece.ToArray()));
            }
        }
    }

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => Csv.Cell(value.GetString()!),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetRawText(),
        _ => Csv.Cell(value.GetRawText()),
    };
}
