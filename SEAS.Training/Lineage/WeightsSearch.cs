using SEAS.Training.ModelFiles;

namespace SEAS.Training.Lineage;

/// <summary>Finds weights by what they are, not by where they lie: in some folders and all folders below them.</summary>
internal sealed class WeightsSearch(IReadOnlyList<string> roots)
{
    private readonly Dictionary<string, string> _sums = new(StringComparer.Ordinal);
    private List<string>? _folders;

    /// <summary>Whether a folder holds these very weights.</summary>
    public bool Has(string folder, string sha256) => WeightFiles.Paths(folder).All(File.Exists) && Sum(folder) == sha256;

    /// <summary>The folder that holds them.</summary>
    /// <param name="sha256">The checksum.</param>
    /// <param name="name">Whose weights they are, for the message.</param>
    /// <exception cref="CheckpointException">None does.</exception>
    public string Find(string sha256, string name)
    {
        _folders ??= [.. roots.SelectMany(Below)];
        // A manifest's word saves reading gigabytes of others; what it says is looked at all the same.
        return _folders.OrderByDescending(folder => Says(folder) == sha256).FirstOrDefault(folder => Has(folder, sha256))
            ?? throw new CheckpointException(
                $"Replaying needs the weights of {name} with the SHA-256 {sha256}; "
                + (roots.Count == 0 ? "no folder to look in was named. "
                    : $"none of the {_folders.Count} model folders in {string.Join(", ", roots)} has it. ")
                + "Name a folder that holds them, or one above it, with --checkpoints.");
    }

    private static IEnumerable<string> Below(string root)
    {
        if (!Directory.Exists(root))
        {
            throw new CheckpointException($"{root} should be a folder with models, but there is none. Give another with --checkpoints.");
        }

        var settings = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        return Directory.EnumerateDirectories(root, "*", settings).Prepend(root)
            .Where(folder => WeightFiles.Paths(folder).All(File.Exists))
            .Order(StringComparer.Ordinal);
    }

    private static string? Says(string folder)
    {
        try
        {
            return CheckpointManifest.Read(folder)?.WeightsSha256;
        }
        catch (CheckpointException)
        {
            return null;   // its weights may be the right ones all the same
        }
    }

    private string Sum(string folder) =>
        _sums.TryGetValue(folder, out var sum) ? sum : _sums[folder] = WeightsChecksum.Of(folder);
}
