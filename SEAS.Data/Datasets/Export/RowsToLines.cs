using System.Text.Json;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>Turns frozen rows into rows of another shape, one JSON object a line or as one array.</summary>
internal static class RowsToLines
{
    /// <summary>One object a line.</summary>
    /// <param name="name">The file.</param>
    /// <param name="from">The frozen file.</param>
    /// <param name="write">Adds the members of one row.</param>
    public static ExportEntry Entry(string name, string from, Action<Utf8JsonWriter, JsonElement> write) =>
        new(name, [from], (source, output) => Lines(source.Rows(from), output, write));

    /// <summary>An array with one object a line.</summary>
    public static ExportEntry ArrayEntry(string name, string from, Action<Utf8JsonWriter, JsonElement> write) =>
        new(name, [from], (source, output) =>
        {
            output.Write("["u8);
            foreach (var row in source.Rows(from).TakeWhile(_ => !output.IsFull))
            {
                output.Write(output.Rows == 0 ? "\n"u8 : ",\n"u8);
                Object(output, row, write);
                output.EndRow();
            }

            output.Write("\n]\n"u8);
        });

    /// <summary>Rows of one frozen file after the other.</summary>
    public static void Lines(IEnumerable<JsonElement> rows, EntryOutput output, Action<Utf8JsonWriter, JsonElement> write)
    {
        foreach (var row in rows.TakeWhile(_ => !output.IsFull))
        {
            Object(output, row, write);
            output.Write("\n"u8);
            output.EndRow();
        }
    }

    /// <summary>Copies a member under another name.</summary>
    public static void Member(Utf8JsonWriter json, string name, JsonElement row, string column)
    {
        json.WritePropertyName(name);
        row.GetProperty(column).WriteTo(json);
    }

    private static void Object(EntryOutput output, JsonElement row, Action<Utf8JsonWriter, JsonElement> write) =>
        output.Json((row, write), static (json, item) =>
        {
            json.WriteStartObject();
            item.write(json, item.row);
            json.WriteEndObject();
        });
}
