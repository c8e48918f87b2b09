using System.Security.Cryptography;

namespace SEAS.Data.Text;

/// <summary>SHA-256 of a file's bytes.</summary>
internal static class FileHash
{
    private const int ChunkBytes = 1 << 18;

    /// <summary>In lower-case hexadecimal.</summary>
    public static string Of(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, FileOptions.SequentialScan);
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunk = new byte[ChunkBytes];
        for (long at = 0; RandomAccess.Read(file, chunk, at) is > 0 and var read; at += read)
        {
            sum.AppendData(chunk, 0, read);
        }

        return Convert.ToHexStringLower(sum.GetHashAndReset());
    }
}
