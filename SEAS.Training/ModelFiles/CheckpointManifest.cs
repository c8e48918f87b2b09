using System.Text.Json;

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

    /// <summary>Reads a folder's manifest; null when it has none, as models from elsewhere.</summary>
    /// <exception cref="CheckpointException">The manifest is there but cannot be read.</exception>
    public static CheckpointManifest? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<CheckpointManifest>(File.ReadAllBytes(path), Json)
                ?? throw new JsonException("it holds nothing.");
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(
                $"The manifest {path} cannot be read: {error.Message} Restore it, or remove it to use the weights unchecked.", error);
        }
    }

    internal void Write(string folder) => File.WriteAllText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Json) + "\n");
}
