using System.Security.Cryptography;
using System.Text;

namespace SEAS.Training.ModelFiles;

/// <summary>Names a model folder's weights by what they are.</summary>
public static class WeightsChecksum
{
    private const int ChunkBytes = 1 << 18;   // read in larger steps than the 4 KiB that hashing a stream would take

    /// <summary>SHA-256 of the weights file in lower-case hexadecimal; of several files, that of their checksums and names as
    /// <c>sha256sum</c> would list them; of an adapter, that of its own and its base's.</summary>
    /// <param name="folder">A model folder.</param>
    /// <exception cref="CheckpointException">There are no weights in it.</exception>
    public static string Of(string folder)
    {
        try
        {
            if (PeftFolder.IsOne(folder))
            {
                return Hex(SHA256.HashData(Encoding.UTF8.GetBytes(
                    $"{OfFile(Path.Combine(folder, PeftFolder.Weights))}  {PeftFolder.Weights}\n{Of(PeftFolder.BaseOf(folder))}  base\n")));
            }

            var files = WeightFiles.Paths(folder).ToList();
            return files is [var single]
                ? OfFile(single)
                : Hex(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(
                    files.Select(file => $"{OfFile(file)}  {Path.GetFileName(file)}\n")))));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(
                $"The weights in {folder} cannot be read: {error.Message} Give the path of a folder with {WeightFiles.Single}.", error);
        }
    }

    internal static string OfFile(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[ChunkBytes];
        for (long at = 0; RandomAccess.Read(file, chunk, at) is > 0 and var read; at += read)
        {
            sum.AppendData(chunk, 0, read);
        }

        return Hex(sum.GetHashAndReset());
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
