using Dapper;
using SEAS.Data.Contracts;

namespace SEAS.Data.Storage;

/// <summary>Makes sure that a data folder and the database in it belong together: a new database beside finished runs would let the next run
/// write over them.</summary>
/// <remarks>A random name stands in the database and in <c>seas.id</c> beside it. Folders of earlier versions get one when they are opened.</remarks>
internal static class FolderIdentity
{
    /// <summary>The file beside the database.</summary>
    public const string FileName = "seas.id";

    /// <summary>The folder of what runs wrote.</summary>
    public const string Runs = "runs";

    private const int Named = 5;

    /// <summary>Whether a run's folder holds anything.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="run">The run.</param>
    public static bool HoldsFilesOf(string folder, RunId run) => HoldsSomething(Path.Combine(folder, Runs, run.Value));

    /// <summary>Looks, before a database is made, whether there is something that belonged to one.</summary>
    /// <exception cref="StoreException">Runs or sets are there but their database is missing or empty.</exception>
    public static void RequireDatabase(string folder)
    {
        var path = Path.Combine(folder, SqliteConnections.FileName);
        var isEmpty = File.Exists(path) && new FileInfo(path).Length == 0;
        if ((File.Exists(path) && !isEmpty) || Directory.Exists(path) || Parts(folder) is not { Count: > 0 } parts)
        {
            return;
        }

        throw new StoreException(
            $"The data folder {folder} holds {string.Join(", ", parts)}, but the database {path} is {(isEmpty ? "empty (0 bytes)" : "missing")}: a new "
            + "one would let the next run write over them. Put the database back from a copy, or name another data folder; to begin anew here, move "
            + "these away first. Nothing was changed.");
    }

    /// <summary>Looks, without changing anything, whether the database is this folder's.</summary>
    /// <exception cref="StoreException">It is another folder's, or knows none of the runs whose files are here.</exception>
    public static void Check(SqliteConnections connections, string folder)
    {
        var (said, beside) = (Said(connections), Beside(folder));
        if (beside is not null && said != beside)
        {
            throw new StoreException(
                $"The database {connections.Path} should be that of the data folder {folder}, which is called {beside} in {FileName}, but "
                + $"{(said is null ? "has no name: it is of another folder or of an earlier version" : $"is called {said}: it is another folder's")}. "
                + $"Put the right database back, or name another data folder; if this one shall be used here, delete {FileName}. Nothing was changed.");
        }

        var written = RunsWithFiles(folder);
        var known = connections.Read(connection => connection.ExecuteScalar<long>(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'runs';") == 0
            ? [] : connection.Query<string>("SELECT id FROM runs;").ToHashSet(StringComparer.Ordinal));
        if (written.Count > 0 && !written.Exists(known.Contains))
        {
            throw new StoreException(
                $"The data folder {folder} holds files of the runs {Some(written)}, but the database {connections.Path} knows none of them: it is another "
                + "folder's, or an older copy. Put the right database back, or name another data folder; to keep this one, move the folders of those runs "
                + "away. Nothing was changed.");
        }
    }

    /// <summary>Gives the folder and its database a name in common where they have none yet.</summary>
    public static void Settle(SqliteConnections connections, string folder, TimeProvider clock)
    {
        var said = Said(connections);
        if (said is null)
        {
            said = Guid.NewGuid().ToString("N");
            connections.Write((connection, transaction) => connection.Execute(
                "INSERT INTO data_folder (identity, made_utc) VALUES (@Said, @Now);", new { Said = said, Now = clock.GetUtcNow() }, transaction));
        }

        // Last, so that a folder has this file only if its database says the same.
        if (Beside(folder) is null)
        {
            var path = Path.Combine(folder, FileName);
            File.WriteAllText(path + ".part", said + "\n");
            File.Move(path + ".part", path, overwrite: true);
        }
    }

    private static string? Said(SqliteConnections connections) => connections.Read(connection => connection.ExecuteScalar<long>(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'data_folder';") == 0
        ? null : connection.QueryFirstOrDefault<string>("SELECT identity FROM data_folder;"));

    private static string? Beside(string folder) =>
        Path.Combine(folder, FileName) is var path && File.Exists(path) ? File.ReadAllText(path).Trim() : null;

    private static List<string> Parts(string folder)
    {
        List<string> parts = [];
        if (RunsWithFiles(folder) is { Count: > 0 } runs)
        {
            parts.Add($"files of the runs {Some(runs)}");
        }

        if (HoldsSomething(Path.Combine(folder, "sets")))
        {
            parts.Add("imported sets");
        }

        if (File.Exists(Path.Combine(folder, FileName)))
        {
            parts.Add($"the name of its database ({FileName})");
        }

        return parts;
    }

    private static List<string> RunsWithFiles(string folder) => Path.Combine(folder, Runs) is var runs && Directory.Exists(runs)
        ? [.. Directory.GetDirectories(runs).Where(HoldsSomething).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : [];

    private static bool HoldsSomething(string folder) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any();

    private static string Some(List<string> names) =>
        string.Join(", ", names.Take(Named)) + (names.Count > Named ? FormattableString.Invariant($" and {names.Count - Named} more") : "");
}
