using SEAS.Training.Engine.Models;

namespace SEAS.Training.ModelFiles;

/// <summary>Weights that several of a run's models begin from, each read once: a model is opened as its adapters beside them.</summary>
internal sealed class BaseShelf : IDisposable
{
    private readonly Dictionary<string, LlamaModel> _bases = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => _bases.Count;

    /// <summary>A model on a folder's weights. Two folders with the same checksum have the same weights.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="read">Reads its weights, where nobody has yet.</param>
    public LlamaModel Open(string folder, Func<LlamaModel> read)
    {
        var key = CheckpointManifest.Read(folder)?.WeightsSha256 ?? Path.GetFullPath(folder);
        if (!_bases.TryGetValue(key, out var weights))
        {
            _bases[key] = weights = read();
        }

        return weights.Share();
    }

    /// <summary>Where the weights of a folder come from: the adapter beside them, or the iterate that they are the same as; null where they
    /// are their own.</summary>
    public static string? Behind(string folder)
    {
        if (PeftExport.IsBeside(folder))
        {
            return Path.Combine(folder, PeftExport.Folder);
        }

        // An iterate that had nothing to learn is the one before.
        return CheckpointManifest.Read(folder) is { Parent: { } parent, WeightsSha256: { } sha }
            && Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder))!, parent) is var before
            && CheckpointManifest.Read(before)?.WeightsSha256 == sha ? before : null;
    }

    /// <summary>Leaves the weights to the models that are open.</summary>
    public void Dispose()
    {
        foreach (var weights in _bases.Values)
        {
            weights.Dispose();
        }

        _bases.Clear();
    }
}
