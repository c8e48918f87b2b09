using SEAS.Data.Datasets.Export;

namespace SEAS.Data.Datasets.Verification;

/// <summary>A file with rows, and which table it is, whatever form the table is written in.</summary>
/// <param name="Name">Its path within what is checked.</param>
/// <param name="Table">The name that the table has as lines of JSON, such as <c>attacks.jsonl</c>; the rules are told by it.</param>
/// <param name="Beside">Where another table of the same export would be.</param>
internal sealed record TableFile(string Name, string Table, Func<string, string> Beside)
{
    /// <summary>Whether what is nested is a text in it, and its rows must be read as columns.</summary>
    public bool IsParquet => Name.EndsWith(ParquetFormat.Ending, StringComparison.Ordinal);

    /// <summary>Tells it from its path.</summary>
    public static TableFile Of(string name)
    {
        if (ParquetFormat.TableOf(name) is { } table)
        {
            var folder = name[..^ParquetFormat.NameOf(table).Length];
            return new TableFile(name, table, other => folder + ParquetFormat.NameOf(other));
        }

        var ending = name.EndsWith(PackedLinesFormat.Ending, StringComparison.Ordinal) ? PackedLinesFormat.Ending : "";
        var file = Path.GetFileName(name[..^ending.Length]);
        var beside = name[..^(file.Length + ending.Length)];
        return new TableFile(name, file, other => beside + other + ending);
    }
}
