using System.Text.Json;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Web.Live.Datasets;

/// <summary>A row that a version has otherwise than the one before it.</summary>
/// <param name="File">Its file.</param>
/// <param name="Id">Its id.</param>
/// <param name="Change"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Columns">The columns that differ, with both values.</param>
public sealed record VersionChange(string File, string Id, string Change, IReadOnlyList<ColumnChange> Columns)
{
    private const string DiffFile = "diff.jsonl";

    /// <summary>The first changes of a version.</summary>
    public static IReadOnlyList<VersionChange> First(Store store, DatasetVersion version, int limit)
    {
        var path = Path.Combine(store.Datasets.Folder(version), DiffFile);
        return System.IO.File.Exists(path) ? [.. System.IO.File.ReadLines(path).Take(limit).Select(Read)] : [];
    }

    private static VersionChange Read(string line)
    {
        var row = JsonElement.Parse(line);
        return new VersionChange(
            row.GetProperty("file").GetString()!, row.GetProperty("id").GetString()!, row.GetProperty("change").GetString()!,
            [.. row.GetProperty("columns").EnumerateObject().Select(column =>
                new ColumnChange(column.Name, Text(column.Value[0]), Text(column.Value[1])))]);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => Units.None,
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}

/// <summary>A column's value in the version before, and in this one.</summary>
public sealed record ColumnChange(string Name, string Before, string After);
