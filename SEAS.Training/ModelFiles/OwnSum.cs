using System.Security.Cryptography;
using System.Text;

namespace SEAS.Training.ModelFiles;

/// <summary>The checksum that a small text file holds of itself: SHA-256 over its bytes, with zeros where the checksum stands.</summary>
internal static class OwnSum
{
    /// <summary>Stands in the text where the checksum shall stand.</summary>
    public static readonly string Blank = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>The text with its checksum in place of <see cref="Blank"/>, which it holds once.</summary>
    public static string Seal(string text) => text.Replace(Blank, Of(text), StringComparison.Ordinal);

    /// <summary>Refuses a file whose bytes are not those that were sealed.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="bytes">What it holds.</param>
    /// <param name="sum">The checksum that it says of itself; null where it says none.</param>
    /// <exception cref="CheckpointException">The bytes have another checksum, or none is said.</exception>
    public static void Require(string path, byte[] bytes, string? sum)
    {
        if (sum is not { Length: 2 * SHA256.HashSizeInBytes })
        {
            throw new CheckpointException(
                $"The file {path} is damaged: it should hold its own SHA-256 but holds {(sum is null ? "none" : $"\"{sum}\"")}. Restore it from a copy.");
        }

        var found = Of(Encoding.UTF8.GetString(bytes).Replace(sum, Blank, StringComparison.Ordinal));
        if (found != sum)
        {
            throw new CheckpointException(
                $"The file {path} is damaged: its SHA-256 should be {sum} (as it says itself) but is {found}. Restore it from a copy.");
        }
    }

    private static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
