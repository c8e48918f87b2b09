using System.Text.Json;
using Parquet;
using Parquet.Schema;
using SEAS.Data.Datasets.Columnar;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>The frozen rows as Parquet, one file a table and round, laid out as datasets lie on the Hugging Face hub.</summary>
internal static class ParquetFormat
{
    /// <summary>The ending of the files.</summary>
    public const string Ending = ".parquet";

    // A row group is held in memory while it is filled.
    private const int RowsInGroup = 20_000;

    public static IEnumerable<ExportEntry> Entries() => FrozenFiles.All.Select(file =>
        new ExportEntry(NameOf(file), [file], (source, output) => Write(source, output, file))
        {
            Sample = (source, output) => RowsToLines.Lines(source.Rows(file), output, Members),
        });

    /// <summary>Where a frozen file lies in the folder: a folder for each table, a name that says the split.</summary>
    public static string NameOf(string file)
    {
        var table = Path.GetFileNameWithoutExtension(file);
        return $"data/{table}/{DatasetCard.Split(table)}-00000-of-00001{Ending}";
    }

    /// <summary>The frozen file whose rows lie at a path, in any folder; null if the path is none of <see cref="NameOf"/>.</summary>
    public static string? TableOf(string path) => FrozenFiles.All.FirstOrDefault(file =>
        path == NameOf(file) || path.EndsWith("/" + NameOf(file), StringComparison.Ordinal));

    private static void Members(Utf8JsonWriter json, JsonElement row)
    {
        foreach (var member in row.EnumerateObject())
        {
            member.WriteTo(json);
        }
    }

    /// <summary>Writes rows as a Parquet file.</summary>
    /// <param name="rows">The rows, with the members that <paramref name="columns"/> name.</param>
    /// <param name="columns">The columns, empty.</param>
    /// <param name="output">Takes the bytes and counts the rows.</param>
    public static void Write(IEnumerable<JsonElement> rows, IReadOnlyList<ParquetColumn> columns, EntryOutput output)
    {
        using var stream = new EntryStream(output);
        var writer = Awaited.Result(() => ParquetWriter.CreateAsync(
            new ParquetSchema(columns.Select(Field (column) => column.Field)), stream,
            new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }));
        try
        {
            var held = 0;
            foreach (var row in rows.TakeWhile(_ => !output.IsFull))
            {
                foreach (var column in columns)
                {
                    column.Add(row.GetProperty(column.Field.Name));
                }

                output.EndRow();
                if (++held == RowsInGroup)
                {
                    WriteGroup(writer, columns);
                    held = 0;
                }
            }

            if (held > 0)
            {
                WriteGroup(writer, columns);
            }
        }
        finally
        {
            Awaited.Done(() => writer.DisposeAsync().AsTask());
        }
    }

    private static void Write(ExportSource source, EntryOutput output, string file) =>
        Write(source.Rows(file), ParquetColumns.Of(file), output);

    private static void WriteGroup(ParquetWriter writer, IReadOnlyList<ParquetColumn> columns)
    {
        using var group = writer.CreateRowGroup();
        foreach (var column in columns)
        {
            column.Write(group);
        }
    }
}
