using System.Collections.Concurrent;
using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Storage;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>Datasets that were taken in from files.</summary>
public sealed class SetStore
{
    private readonly SqliteConnections _connections;
    private readonly string _folder;
    private readonly ConcurrentDictionary<string, (long Length, DateTime Written)> _checked = new(StringComparer.Ordinal);

    internal SetStore(SqliteConnections connections, string folder, bool isOurs, TimeProvider clock)
    {
        _connections = connections;
        _folder = folder;
        Types = new TypeProfiles(connections, clock);
        Import = new SetImport(connections, this, folder, clock);
        if (isOurs)
        {
            SweepUnnamed();
        }
    }

    /// <summary>Takes files in.</summary>
    public SetImport Import { get; }

    /// <summary>Saved mappings of types.</summary>
    public TypeProfiles Types { get; }

    internal const string Columns = """
        SELECT id          AS Id,
               name        AS Name,
               purpose     AS Purpose,
               format      AS Format,
               reason      AS Reason,
               file_name   AS FileName,
               sha256      AS Sha256,
               content     AS Content,
               source      AS Source,
               licence     AS Licence,
               row_count   AS Rows,
               train       AS Train,
               validation  AS Validation,
               test        AS Test,
               created_utc AS CreatedUtc,
               stored_as   AS StoredAs
          FROM imported_sets
        """;

    /// <summary>All sets, the newest first.</summary>
    public IReadOnlyList<ImportedSet> List() =>
        _connections.Read(connection => connection.Query<ImportedSet>($"{Columns} ORDER BY id DESC;").AsList());

    /// <summary>The set of this name, or null.</summary>
    public ImportedSet? Find(string name) => _connections.Read(connection =>
        connection.QuerySingleOrDefault<ImportedSet>($"{Columns} WHERE name = @Name;", new { Name = name }));

    /// <summary>A page of a set's rows, in their order.</summary>
    /// <param name="name">The set.</param>
    /// <param name="after">The number of the last row that is known; 0: from the beginning.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="split">Only those of this side; null: all.</param>
    /// <param name="type">Only those of this type, in our spelling; null: all.</param>
    /// <exception cref="SetNotFoundException">There is no such set.</exception>
    /// <exception cref="StoreException">Its file is missing or damaged.</exception>
    public IReadOnlyList<SetRow> Rows(string name, long after = 0, int limit = 100, DatasetSplit? split = null, string? type = null) =>
        SetFileReader.Page(Checked(Get(name)), split, type, after, limit);

    /// <summary>A set's types, the most frequent first: as the file spells them, ours, and their rows.</summary>
    /// <exception cref="SetNotFoundException">There is no such set.</exception>
    public IReadOnlyList<(string Found, string Type, long Rows)> TypesOf(string name) => SetFileReader.Types(Checked(Get(name)));

    /// <summary>Takes a set out, with its rows.</summary>
    /// <exception cref="SetNotFoundException">There is no such set.</exception>
    public void Remove(string name)
    {
        var set = Get(name);
        _connections.Write((connection, transaction) =>
            connection.Execute("DELETE FROM imported_sets WHERE id = @Id;", new { set.Id }, transaction));
        File.Delete(FileOf(set));
    }

    internal ImportedSet Get(string name) => Find(name) ?? throw new SetNotFoundException(name, [.. List().Select(set => set.Name)]);

    internal string FileOf(ImportedSet set) => Path.Combine(_folder, set.StoredAs);

    private const string SumSql = "SELECT file_sha256 FROM imported_set_files WHERE set_id = @Id;";

    // Once for each file until it changes: a run reads a set page by page. Sets of earlier versions have no checksum.
    private string Checked(ImportedSet set)
    {
        var path = FileOf(set);
        var file = new FileInfo(path);
        if (!file.Exists || (_checked.TryGetValue(path, out var known) && known == (file.Length, file.LastWriteTimeUtc)))
        {
            return path;   // a missing one is named by whoever reads it
        }

        var expected = _connections.Read(connection => connection.ExecuteScalar<string?>(SumSql, new { set.Id }));
        if (expected is not null && FileHash.Of(path) is var found && found != expected)
        {
            throw new StoreException(
                $"The file of the set '{set.Name}' is damaged: the SHA-256 of {path} should be {expected} but is {found}. Restore it from a copy, or "
                + $"remove the set and take {set.FileName} in again under this name.");
        }

        _checked[path] = (file.Length, file.LastWriteTimeUtc);
        return path;
    }

    /// <summary>Deletes what an import that was killed has left: files that no row names.</summary>
    private void SweepUnnamed()
    {
        var folder = Path.Combine(_folder, SetFile.Folder);
        if (!Directory.Exists(folder))
        {
            return;
        }

        var named = List().Select(FileOf).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => !named.Contains(file)))
        {
            File.Delete(file);
        }
    }
}

/// <summary>There is no set of this name.</summary>
public sealed class SetNotFoundException : StoreException
{
    internal SetNotFoundException(string name, IReadOnlyList<string> known)
        : base(
            $"A set named '{name}' should be in the store but is not. It holds {(known.Count == 0 ? "none" : string.Join(", ", known))}. "
            + "Take one in with: ./seas import FILE --as seeds")
    {
    }
}
