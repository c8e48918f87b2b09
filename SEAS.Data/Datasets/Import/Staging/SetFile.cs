using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Storage;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>The file that holds a set's rows: a SQLite database of its own.</summary>
internal static class SetFile
{
    /// <summary>The folder of such files, in the data folder.</summary>
    public const string Folder = "sets";

    /// <summary>The ending of one that is being made.</summary>
    public const string Unfinished = ".part";

    // Types are numbered, so that a mapping of types changes one row for each type and not a million.
    private const string CreateSql = """
        CREATE TABLE types
        (
            id    INTEGER PRIMARY KEY,
            found TEXT NOT NULL UNIQUE,
            type  TEXT NOT NULL,
            rows  INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE rows
        (
            number   INTEGER PRIMARY KEY,
            file_row INTEGER NOT NULL,
            type     INTEGER NOT NULL,
            grp      INTEGER NOT NULL,     -- its group of near-duplicates; decides its side of the split
            hash     BLOB NOT NULL,        -- of what it says, for its purpose
            is_safe  INTEGER,
            id       TEXT,
            source   TEXT,
            label    TEXT,
            extra    TEXT,                 -- JSON object
            system   TEXT,
            history  TEXT,                 -- JSON array
            prompt   TEXT NOT NULL,
            answer   TEXT,
            chosen   TEXT,
            rejected TEXT
        ) STRICT;

        CREATE TABLE shares (train INTEGER NOT NULL, validation INTEGER NOT NULL, test INTEGER NOT NULL) STRICT;
        """;

    /// <summary>Makes a new one, for one writer that throws it away if it does not finish: nothing needs to be undone in it.</summary>
    /// <exception cref="StoreException">It cannot be made.</exception>
    public static SqliteConnection Create(string path) => Opened(path, SqliteOpenMode.ReadWriteCreate, connection =>
    {
        Execute(connection, """
            PRAGMA page_size = 8192;
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            PRAGMA locking_mode = EXCLUSIVE;
            PRAGMA cache_size = -16384;
            """);
        Execute(connection, CreateSql);
    });

    /// <summary>Opens one to read.</summary>
    /// <exception cref="StoreException">It is not there or damaged.</exception>
    public static SqliteConnection Open(string path) => Opened(path, SqliteOpenMode.ReadOnly, _ => { });

    private static SqliteConnection Opened(string path, SqliteOpenMode mode, Action<SqliteConnection> prepare)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            return StoreFaults.Explained(path, () =>
            {
                connection.Open();
                prepare(connection);
                return connection;
            });
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements that have no parameters.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
