using System.Text.Json;
using System.Text.Json.Serialization;

namespace SEAS.Training.ModelFiles;

/// <summary>What a saved model is and where it comes from; stored beside its weights as <c>manifest.json</c>.</summary>
/// <param name="Role">What it plays: <c>red</c>, <c>target</c>, <c>guard</c> or <c>base</c>.</param>
/// <param name="Iteration">The i of R_i or T_i; 0 is the starting model.</param>
/// <param name="Parent">The checkpoint that it was trained from, or null.</param>
/// <param name="ConfigHash">The run's configuration hash, or null when no run made it.</param>
/// <param name="Step">Optimizer steps from the parent to here.</param>
public sealed record CheckpointManifest(string Role, int Iteration, string? Parent, string? ConfigHash, long Step)
{
    internal const string FileName = "manifest.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>SHA-256 of the weights file, in lower-case hexadecimal; filled in when the model is saved.</summary>
    public string? WeightsSha256 { get; init; }

    /// <summary>SHA-256 of every other file of the folder, by its path there with slashes; null in folders of earlier versions and in exports,
    /// whose files people may change.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Files { get; init; }

    /// <summary>SHA-256 of the manifest itself, with zeros in this place; there where <see cref="Files"/> is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    /// <summary>Reads a folder's manifest; null when it has none, as models from elsewhere.</summary>
    /// <exception cref="CheckpointException">The manifest is there but cannot be read, or is not what was written.</exception>
    public static CheckpointManifest? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var bytes = File.ReadAllBytes(path);
            var manifest = JsonSerializer.Deserialize<CheckpointManifest>(bytes, Json) ?? throw new JsonException("it holds nothing.");
            if (manifest.Files is not null || manifest.Sha256 is not null)
            {
                OwnSum.Require(path, bytes, manifest.Sha256);
            }

            return manifest;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(
                $"The manifest {path} cannot be read: {error.Message} Restore it from a copy; of a model that no run made, remove it to use the weights "
                + "unchecked.", error);
        }
    }

    /// <summary>Refuses a folder whose files beside the weights are not those that were saved; what earlier versions saved has no sums.</summary>
    /// <exception cref="CheckpointException">Files are missing or others; all of them in one message.</exception>
    internal static void RequireFiles(string folder)
    {
        if (Read(folder)?.Files is { } files)
        {
            FileSums.Require(folder, files);
        }
    }

    /// <summary>Refuses a checkpoint whose manifest names other weights than were recorded of it, or is gone.</summary>
    /// <param name="folder">The checkpoint.</param>
    /// <param name="recorded">The checksum of its weights in the ledger.</param>
    /// <exception cref="CheckpointException">It is; the message names the file.</exception>
    internal static void RequireWeights(string folder, string recorded)
    {
        var found = Read(folder)?.WeightsSha256;
        if (!string.Equals(found, recorded, StringComparison.OrdinalIgnoreCase))
        {
            throw new CheckpointException(
                $"The checkpoint {folder} is damaged: {Path.Combine(folder, FileName)} should name weights with the SHA-256 {recorded}, as the store recorded "
                + $"them, but {(found is null ? "names none or is missing" : $"names {found}")}. Restore the checkpoint from a copy. The same plan with the "
                + "same seed makes it again as a run of its own.");
        }
    }

    /// <summary>Writes it into a folder whose other files are there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isSummed">Whether it shall hold the checksums of the other files, and its own.</param>
    internal void Write(string folder, bool isSummed = false)
    {
        var written = this with
        {
            Files = isSummed ? FileSums.Of(folder) : null,
            Sha256 = isSummed ? OwnSum.Blank : null,
        };
        var text = JsonSerializer.Serialize(written, Json) + "\n";
        File.WriteAllText(Path.Combine(folder, FileName), isSummed ? OwnSum.Seal(text) : text);
    }
}
