using System.Text.Encodings.Web;
using System.Text.Json;

namespace SEAS.Data.Review.Files;

/// <summary>One JSON object a label, one label a line; and how all our JSON files are written.</summary>
internal static class JsonLabelWriter
{
    public static void Write(IEnumerable<LabelledItem> items, Stream output)
    {
        foreach (var (item, labels) in items)
        {
            foreach (var label in labels.DefaultIfEmpty())
            {
                using (var json = Open(output))
                {
                    json.WriteStartObject();
                    WriteMembers(json, LabelCells.Of(item, label));
                    json.WriteEndObject();
                }

                output.WriteByte((byte)'\n');
            }
        }
    }

    /// <summary>An array of one object an item, one object a line.</summary>
    public static void WriteArray(IEnumerable<LabelledItem> items, Stream output, Action<Utf8JsonWriter, LabelledItem> write)
    {
        output.WriteByte((byte)'[');
        var first = true;
        foreach (var item in items)
        {
            output.Write(first ? "\n"u8 : ",\n"u8);
            first = false;
            using var json = Open(output);
            write(json, item);
        }

        output.Write("\n]\n"u8);
    }

    /// <summary>Writes values as members of the object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, IEnumerable<(string Column, object? Value)> cells)
    {
        foreach (var (column, value) in cells)
        {
            switch (value)
            {
                case null:
                    json.WriteNull(column);
                    break;
                case string text:
                    json.WriteString(column, text);
                    break;
                case bool truth:
                    json.WriteBoolean(column, truth);
                    break;
                case int whole:
                    json.WriteNumber(column, whole);
                    break;
                default:
                    json.WriteNumber(column, (double)value);
                    break;
            }
        }
    }

    // Text stays readable; nothing of it is put into a page as it is.
    private static Utf8JsonWriter Open(Stream output) =>
        new(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
