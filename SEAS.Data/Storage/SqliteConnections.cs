using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;

namespace SEAS.Data.Storage;

/// <summary>The one place that opens connections: one writer for the whole process, as many readers as ask.</summary>
/// <remarks>
/// <para>Write-ahead log: readers never wait for the writer, nor it for them; each reader sees the last commit.</para>
/// <para>synchronous=NORMAL: a commit is handed to the operating system, which keeps it when this process is killed, be it with
/// <c>kill -9</c>. Only a power cut can take the last commits away, and then whole ones, in order: a run resumes a little earlier. What a
/// unit of work wrote and its entry in the ledger are one commit, so neither is ever there without the other.</para>
/// </remarks>
internal sealed class SqliteConnections : IDisposable
{
    /// <summary>The database's name in a data folder.</summary>
    public const string FileName = "seas.db";

    private readonly Lock _writing = new();
    private readonly SqliteConnection? _writer;
    private readonly StoreException? _held;
    private readonly string _readers;
    private readonly DatabaseSum _sum;
    private bool _disposed;

    /// <param name="path">The database file; created if it is not there.</param>
    /// <param name="busySeconds">How long to wait for another program (a backup, a database browser) to let go of the file. Our own
    /// writes queue on a lock and never meet this.</param>
    /// <exception cref="StoreException">The file cannot be opened.</exception>
    public SqliteConnections(string path, int busySeconds = 10)
    {
        DapperTypes.Ensure();
        Path = path;
        _sum = new DatabaseSum(path);
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            DefaultTimeout = busySeconds,
            Pooling = false,
        };
        _writer = new SqliteConnection(settings.ToString());
        try
        {
            StoreFaults.Explained(path, () =>
            {
                _writer.Open();
                return _writer.Execute("PRAGMA synchronous = NORMAL;");
            });
        }
        catch
        {
            _writer.Dispose();
            throw;
        }

        settings.Pooling = true;
        settings.Mode = SqliteOpenMode.ReadOnly;
        _readers = settings.ToString();
    }

    /// <summary>Reads a database that another process writes: its log lets readers of any process see the last commit.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="held">Who writes it, or why nobody can: what a write is refused with.</param>
    /// <param name="isAtRest">Whether nobody can have it open: then nothing is made beside it, as a folder that can only be read needs.</param>
    public SqliteConnections(string path, StoreException held, bool isAtRest = false)
    {
        DapperTypes.Ensure();
        (Path, _held, _sum) = (path, held, new DatabaseSum(path));
        _readers = new SqliteConnectionStringBuilder
        {
            DataSource = isAtRest ? $"{new Uri(path).AbsoluteUri}?immutable=1" : path, ForeignKeys = true, Pooling = true,
            Mode = SqliteOpenMode.ReadOnly,
        }.ToString();
    }

    /// <summary>The database file.</summary>
    public string Path { get; }

    /// <summary>Whether anything can be written.</summary>
    public bool CanWrite => _held is null;

    /// <summary>Refuses what has to write where another process does.</summary>
    /// <param name="what">What has to write, at the beginning of a sentence.</param>
    /// <param name="otherwise">What can be done without, as a sentence behind a blank; empty if nothing.</param>
    /// <exception cref="StoreException">Only reading is possible here.</exception>
    public void RequireWriter(string what, string otherwise = "")
    {
        if (_held is not null)
        {
            throw new StoreException($"{what} has to write into the data folder. {_held.Message}{otherwise}", _held);
        }
    }

    /// <summary>Turns the write-ahead log on. Changes the file, so it is not done before the file is known to be ours.</summary>
    public void UseWriteAheadLog()
    {
        lock (_writing)
        {
            StoreFaults.Explained(Path, () => _writer!.Execute("PRAGMA journal_mode = WAL;"));
        }
    }

    /// <summary>Looks through the whole file: damage shows now rather than after an hour of training. A file that was closed in order has its
    /// checksum beside it, which sees every byte; of one that a process died with, SQLite looks whether its pages and its indexes hang together.</summary>
    /// <remarks>About a second per gigabyte for the checksum, several for SQLite's look.</remarks>
    /// <exception cref="StoreException">The file is damaged.</exception>
    public void RequireSound()
    {
        var difference = _sum.Exists ? _sum.Difference() : null;
        if (_sum.Exists && difference is null)
        {
            return;
        }

        var finding = Read(connection => connection.QueryFirst<string>("PRAGMA integrity_check(1);"));
        if (finding != "ok")
        {
            throw StoreFaults.Damaged(Path, finding);
        }

        if (difference is not null)
        {
            throw StoreFaults.Damaged(Path, difference, $" If another program changed it and it shall be taken as it is, delete {_sum.Name}.");
        }
    }

    /// <summary>Runs one transaction: all of it is stored, or, when it throws, none.</summary>
    public void Write(Action<SqliteConnection, SqliteTransaction> work) =>
        Write((connection, transaction) =>
        {
            work(connection, transaction);
            return true;
        });

    /// <inheritdoc cref="Write(Action{SqliteConnection, SqliteTransaction})"/>
    public T Write<T>(Func<SqliteConnection, SqliteTransaction, T> work)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            RequireWriter("This");
            return StoreFaults.Explained(Path, () =>
            {
                using var transaction = _writer!.BeginTransaction(deferred: false);
                _sum.Forget();
                var result = work(_writer, transaction);
                transaction.Commit();
                return result;
            });
        }
    }

    /// <summary>Runs queries on a connection of their own, which cannot write.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return StoreFaults.Explained(Path, () =>
        {
            using var connection = new SqliteConnection(_readers);
            connection.Open();
            return query(connection);
        });
    }

    /// <summary>Whether the store holds this run.</summary>
    public bool HasRun(RunId run) => Read(connection => HasRun(connection, null, run));

    /// <inheritdoc cref="HasRun(RunId)"/>
    public static bool HasRun(SqliteConnection connection, SqliteTransaction? transaction, RunId run) =>
        connection.ExecuteScalar<long>("SELECT count(*) FROM runs WHERE id = @Run;", new { Run = run }, transaction) > 0;

    public void Dispose()
    {
        lock (_writing)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            using (var pool = new SqliteConnection(_readers))
            {
                SqliteConnection.ClearPool(pool);
            }

            _writer?.Dispose();   // the last connection to close folds the write-ahead log into the file
        }
    }

    /// <summary>Keeps the checksum of the closed file; to be called by the owner of the folder, after every connection is closed.</summary>
    public void KeepSum() => _sum.Keep();
}
