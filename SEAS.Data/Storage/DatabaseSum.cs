using SEAS.Data.Text;

namespace SEAS.Data.Storage;

/// <summary>The checksum of a database that nobody has open, in a file beside it as <c>sha256sum</c> writes it.</summary>
/// <remarks>
/// SQLite knows whether its pages hang together, not whether a number in one of them is still the one that was written. Written when the store
/// is closed, deleted before the first write after: a process that died leaves none, and then only the pages can be looked through.
/// </remarks>
internal sealed class DatabaseSum(string database)
{
    private readonly string _path = database + ".sha256";

    /// <summary>Whether there is one.</summary>
    public bool Exists => File.Exists(_path);

    /// <summary>The file's name.</summary>
    public string Name => Path.GetFileName(_path);

    /// <summary>What the file should have and what it has, where they differ; null where they are the same.</summary>
    public string? Difference()
    {
        var expected = File.ReadAllText(_path).Split(' ', 2)[0];
        var found = FileHash.Of(database);
        return expected == found ? null : $"its SHA-256 should be {expected}, as it was closed with, but is {found}";
    }

    /// <summary>Deletes it, for good: after a power cut it must not stand beside a database that was changed since.</summary>
    public void Forget()
    {
        if (Exists)
        {
            File.Delete(_path);
            FolderFlush.ToDisk(Path.GetDirectoryName(_path)!);
        }
    }

    /// <summary>Writes it; nothing while a log beside the database holds more than that does.</summary>
    public void Keep()
    {
        if (Exists || !File.Exists(database) || File.Exists(database + "-wal"))
        {
            return;
        }

        try
        {
            File.WriteAllText(_path + ".part", $"{FileHash.Of(database)}  {Path.GetFileName(database)}\n");
            File.Move(_path + ".part", _path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(_path + ".part");   // a full disk: everything is stored, and the next opening looks through the pages instead
        }
    }
}
