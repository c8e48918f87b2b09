using System.Security.Cryptography;
using SEAS.Training.Checkpoints;

namespace SEAS.Training.Loop;

/// <summary>The checksum of a model's weights, for models that no run made.</summary>
internal static class WeightsSum
{
    private const string Unknown = "unknown";

    public static string Of(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return Unknown;   // moved away since; the run has its own checkpoints
        }

        return CheckpointManifest.Read(folder)?.WeightsSha256 ?? Sum(folder);
    }

    // One file's own checksum; several files' checksums in the order of their names, hashed once more.
    private static string Sum(string folder)
    {
        var files = Directory.GetFiles(folder, "*.safetensors").Order(StringComparer.Ordinal).ToList();
        var sums = files.ConvertAll(File);
        return sums switch
        {
            [] => Unknown,
            [var only] => only,
            _ => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', sums)))),
        };
    }

    private static string File(string path)
    {
        using var stream = System.IO.File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
