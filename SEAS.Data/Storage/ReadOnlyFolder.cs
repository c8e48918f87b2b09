using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SQLitePCL;

namespace SEAS.Data.Storage;

/// <summary>A data folder that this user cannot write, read without a change to it; what has to be written meanwhile goes to a folder of this
/// process's own.</summary>
internal sealed class ReadOnlyFolder(string folder) : IDisposable
{
    private const int ReadOnlyDisk = 30;   // EROFS

    private const string Log = "-wal";

    /// <summary>This process's own folder, there until the end.</summary>
    public string Work { get; } = Directory.CreateTempSubdirectory("seas-read-").FullName;

    /// <summary>Whether a data folder was refused because it cannot be written, and there is a database to read.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="refused">What it was refused with.</param>
    public static bool IsOne(string folder, StoreException refused) =>
        refused.InnerException is UnauthorizedAccessException or IOException { HResult: ReadOnlyDisk }
            or SqliteException { SqliteErrorCode: raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM }
        && File.Exists(Path.Combine(folder, SqliteConnections.FileName));

    /// <summary>Opens its database. Where a process died with it, or has it, what is in the log beside it counts too.</summary>
    /// <param name="refused">What a write is refused with.</param>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public SqliteConnections Open(StoreException refused)
    {
        var path = Path.Combine(folder, SqliteConnections.FileName);
        FolderIdentity.RequireDatabase(folder);
        if (!File.Exists(path + Log) || new FileInfo(path + Log).Length == 0)
        {
            return new SqliteConnections(path, refused, isAtRest: true);
        }

        var beside = new SqliteConnections(path, refused);
        try
        {
            beside.Read(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_schema;"));
            return beside;
        }
        catch (StoreException error) when (error.InnerException is SqliteException)
        {
            // SQLite needs an index of the log, which it cannot make there.
            beside.Dispose();
            var copy = Path.Combine(Work, SqliteConnections.FileName);
            File.Copy(path, copy);
            File.Copy(path + Log, copy + Log);
            return new SqliteConnections(copy, refused);
        }
    }

    /// <summary>Removes this process's own folder.</summary>
    public void Dispose() => Directory.Delete(Work, recursive: true);
}
