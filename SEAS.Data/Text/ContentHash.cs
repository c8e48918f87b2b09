using System.Security.Cryptography;
using System.Text;

namespace SEAS.Data.Text;

/// <summary>Names a text by what it says, so that a label finds the same text in another run.</summary>
public static class ContentHash
{
    /// <summary>SHA-256 of prompt, a null character and answer in UTF-8, in lower-case hexadecimal.</summary>
    public static string Of(string prompt, string answer) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{prompt}\0{answer}")));
}
