using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SQLitePCL;

namespace SEAS.Data.Storage;

/// <summary>Turns SQLite's error codes into sentences that say what to do.</summary>
internal static class StoreFaults
{
    // SQLITE_CONSTRAINT_DATATYPE: of strict tables, and younger than the constants of SQLitePCL.
    private const int WrongDatatype = raw.SQLITE_CONSTRAINT | (12 << 8);

    /// <summary>Runs work on the database; an error that the file or its surroundings caused becomes a sentence, others stay.</summary>
    public static T Explained<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException error)
        {
            var explained = Sentence(path, error);
            if (explained is null)
            {
                throw;
            }

            throw explained;
        }
    }


    /// <summary>The sentence for a damaged database.</summary>
    public static StoreException Damaged(string path, string finding, string otherwise = "", Exception? cause = null) => new(
        $"The database {path} is damaged ({finding}). " +
        $"Restore it from a copy, or name another data folder; `sqlite3 seas.db .recover` may save what is left.{otherwise}", cause);

    /// <summary>The sentence for an error that the file or its surroundings caused; null for any other.</summary>
    public static StoreException? Sentence(string path, SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_NOTADB => new StoreException(
            $"{path} should be a SEAS database but is not a database at all, or is damaged at its beginning. " +
            "Move the file away, or name another data folder.", error),
        raw.SQLITE_CORRUPT => Damaged(path, error.Message, cause: error),
        raw.SQLITE_FULL => new StoreException(
            $"The database {path} cannot grow: the disk or its quota is full. Nothing was half-written. " +
            $"Make room and {Again(path)}.", error),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN or raw.SQLITE_AUTH => new StoreException(
            $"The database {path} should be writable but is not ({error.Message}). " +
            "Give this user the right to write the folder and its files, or name another data folder.", error),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StoreException(
            $"The database {path} is locked by another program ({error.Message}). " +
            "Close what has it open (a database browser, a backup) and try again.", error),
        raw.SQLITE_IOERR => new StoreException(
            $"The database {path} cannot be read or written ({error.Message}). Check the disk and its free space, "
            + $"then {Again(path)}.",
            error),
        raw.SQLITE_CONSTRAINT => new StoreException(
            $"The rows cannot be stored: {Contradiction(error)} ({error.Message}). Nothing of their transaction was stored.", error),
        _ => null,
    };

    // Whoever takes a file in has no run; its rows lie in a file of their own.
    private static string Again(string path) =>
        Path.GetFileName(path) == SqliteConnections.FileName ? "try again; a run goes on where it stopped" : "try again";

    private static string Contradiction(SqliteException error) => error.SqliteExtendedErrorCode switch
    {
        raw.SQLITE_CONSTRAINT_FOREIGNKEY => "one of them belongs to a run, prompt or answer that the store does not hold",
        raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_UNIQUE => "one of them is in the store already, and stored rows stay",
        raw.SQLITE_CONSTRAINT_CHECK or WrongDatatype or raw.SQLITE_CONSTRAINT_NOTNULL =>
            "one of their values is not of the kind or in the range that its column holds",
        _ => "they contradict the schema",
    };
}
