using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Storage;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>Writes the rows of a set into a new file, in one transaction.</summary>
internal sealed class SetFileWriter : IDisposable
{
    /// <summary>How many different types a set may have: a column with more holds something else, and would fill the memory.</summary>
    public const int MostTypes = 10_000;

    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly SqliteCommand _insert;
    private readonly Dictionary<string, int> _types = new(StringComparer.Ordinal);
    private readonly List<long> _rowsOfType = [];

    private static readonly string[] s_columns =
    [
        "number", "file_row", "type", "grp", "hash", "is_safe", "id", "source", "label", "extra", "system", "history", "prompt",
        "answer", "chosen", "rejected",
    ];

    public SetFileWriter(string path)
    {
        _path = path;
        _connection = SetFile.Create(path);
        _transaction = _connection.BeginTransaction();
        _insert = _connection.CreateCommand();
        _insert.Transaction = _transaction;
        _insert.CommandText =
            $"INSERT INTO rows ({string.Join(", ", s_columns)}) VALUES ({string.Join(", ", s_columns.Select(name => "@" + name))});";
        foreach (var name in s_columns)
        {
            _insert.Parameters.Add(new SqliteParameter { ParameterName = "@" + name });
        }

        _insert.Prepare();
    }

    /// <summary>Rows written.</summary>
    public long Rows { get; private set; }

    /// <summary>Writes a row.</summary>
    /// <exception cref="StoreException">It cannot be written: the disk is full.</exception>
    public void Add(ImportedRow row, byte[] hash, long group)
    {
        Rows++;
        var values = _insert.Parameters;
        values[0].Value = Rows;
        values[1].Value = (long)row.Row;
        values[2].Value = (long)TypeNumber(row.Category ?? "");
        values[3].Value = group;
        values[4].Value = hash;
        values[5].Value = row.IsSafe is { } safe ? safe ? 1L : 0L : DBNull.Value;
        Set(6, row.Id);
        Set(7, row.Source);
        Set(8, row.Label);
        Set(9, row.Extra.Count == 0 ? null : JsonSerializer.Serialize(row.Extra, RowJson.Options));
        Set(10, row.System);
        Set(11, row.History.Count == 0 ? null : JsonSerializer.Serialize(row.History, RowJson.Options));
        Set(12, row.Prompt);
        Set(13, row.Answer);
        Set(14, row.Chosen);
        Set(15, row.Rejected);
        try
        {
            _insert.ExecuteNonQuery();
        }
        catch (SqliteException error)
        {
            if (StoreFaults.Sentence(_path, error) is { } sentence)
            {
                throw sentence;
            }

            throw;
        }
    }

    private void Set(int column, string? text) => _insert.Parameters[column].Value = text is null ? DBNull.Value : text;

    private const string TypeSql = "INSERT INTO types (id, found, type, rows) VALUES (@Id, @Found, @Type, @Rows);";

    /// <summary>Ends the rows: writes their types, in our spelling, and how they are split.</summary>
    public void End(Func<string, string> type, SplitShares shares) => StoreFaults.Explained(_path, () =>
    {
        foreach (var (found, id) in _types)
        {
            _connection.Execute(TypeSql, new { Id = id, Found = found, Type = type(found), Rows = _rowsOfType[id] }, _transaction);
        }

        _connection.Execute("INSERT INTO shares VALUES (@Train, @Validation, @Test);", shares, _transaction);
        _transaction.Commit();
        return true;
    });

    /// <summary>The connection, once the rows have ended.</summary>
    public SqliteConnection Connection => _connection;

    /// <summary>Whether a row of this type can be written: types are few, or they are none.</summary>
    public bool HasRoomFor(string? type) => _types.Count < MostTypes || _types.ContainsKey(type ?? "");

    public void Dispose()
    {
        _insert.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }

    private int TypeNumber(string found)
    {
        if (!_types.TryGetValue(found, out var number))
        {
            number = _types.Count;
            _types.Add(found, number);
            _rowsOfType.Add(0);
        }

        _rowsOfType[number]++;
        return number;
    }
}
