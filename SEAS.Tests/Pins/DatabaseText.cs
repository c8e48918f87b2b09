using System.Globalization;
using Microsoft.Data.Sqlite;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live;

namespace SEAS.Tests.Pins;

/// <summary>A database as text: every table, every row, in a fixed order.</summary>
internal static class DatabaseText
{
    /// <summary>The rows of a query, a line each.</summary>
    public static IEnumerable<string> Query(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(at => Text(reader.GetValue(at)))));
        }

        return rows;
    }

    /// <summary>Adds every table of a database file: its columns, then its rows.</summary>
    /// <param name="pinned">Where to.</param>
    /// <param name="path">The file.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="chance">Columns that are drawn anew each time, and are left out.</param>
    public static void AddTo(PinnedText pinned, string path, string name, params string[] chance)
    {
        using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        foreach (var table in Query(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").ToList())
        {
            var columns = Query(connection, $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid").Except(chance).ToList();
            var list = string.Join(", ", columns.Select(column => $"\"{column}\""));
            var order = string.Join(", ", Enumerable.Range(1, columns.Count));
            var rows = Query(connection, $"SELECT {list} FROM \"{table}\" ORDER BY {order}");
            pinned.Add($"{name} {table}", [string.Join(" | ", columns), .. rows]);
        }
    }

    private static string Text(object value) => value switch
    {
        DBNull => "null",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        string text => text.Replace("\n", "\\n", StringComparison.Ordinal),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };
}
