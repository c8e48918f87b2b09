using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Export;

/// <summary>The frozen rows as tables (RFC 4180), safe to open in a spreadsheet. What is no single value is written as JSON.</summary>
internal static class CsvFormat
{
    public static IEnumerable<ExportEntry> Entries() => FrozenFiles.All.Select(file =>
        new ExportEntry(Path.ChangeExtension(file, ".csv"), [file], (source, output) => Write(source, output, file)));

    private static void Write(ExportSource source, EntryOutput output, string file)
    {
        var columns = FrozenColumns.Names(file);
        output.Write(Encoding.UTF8.GetBytes(string.Join(',', columns.Select(Csv.Cell)) + "\r\n"));
        foreach (var row in source.Rows(file).TakeWhile(_ => !output.IsFull))
        {
            // Rows have the columns of their file, in its order.
            var isFirst = true;
            foreach (var member in row.EnumerateObject())
            {
                if (!isFirst)
                {
                    output.Write(","u8);
                }

                isFirst = false;
                Cell(output, member.Value);
            }

            output.Write("\r\n"u8);
            output.EndRow();
        }
    }

    private static void Cell(EntryOutput output, JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                break;
            case JsonValueKind.String when IsPlain(raw[1..^1]):
                output.Write(raw[1..^1]);
                break;
            case JsonValueKind.String:
                output.Write(Encoding.UTF8.GetBytes(Csv.Cell(value.GetString()!)));
                break;
            case JsonValueKind.Object or JsonValueKind.Array:
                output.Write(Encoding.UTF8.GetBytes(Csv.Cell(value.GetRawText())));
                break;
            default:
                output.Write(raw);
                break;
        }
    }

    // Most texts are: nothing to unescape, to quote, or to guard against, and nothing that could be a space.
    private static bool IsPlain(ReadOnlySpan<byte> text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit((char)text[0]) && char.IsAscii((char)text[^1]) && text[^1] > ' '
        && text.IndexOfAny("\\\","u8) < 0;
}
