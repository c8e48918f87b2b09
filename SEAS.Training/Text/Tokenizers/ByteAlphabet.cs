using System.Text;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>GPT-2's way of writing any byte as one printable character, so that a vocabulary of byte strings fits into JSON.</summary>
/// <remarks>Bytes that print (33–126, 161–172, 174–255) stand for themselves; the other 68 follow from U+0100 on, in order.</remarks>
internal static class ByteAlphabet
{
    private static readonly char[] Characters = new char[256];
    private static readonly Dictionary<char, byte> Bytes = new(256);
    private static readonly byte[] Ordered = new byte[256];

    static ByteAlphabet()
    {
        var printing = Enumerable.Range(0, 256).Where(Prints).ToArray();
        var others = Enumerable.Range(0, 256).Where(value => !Prints(value)).ToArray();
        for (var i = 0; i < 256; i++)
        {
            var value = i < printing.Length ? printing[i] : others[i - printing.Length];
            var character = i < printing.Length ? (char)value : (char)(256 + i - printing.Length);
            Ordered[i] = (byte)value;
            Characters[value] = character;
            Bytes.Add(character, (byte)value);
        }
    }

    /// <summary>All bytes in the order in which GPT-2's vocabulary lists them: the printing ones first.</summary>
    public static ReadOnlySpan<byte> InVocabularyOrder => Ordered;

    /// <summary>The character that stands for a byte.</summary>
    public static char CharacterOf(byte value) => Characters[value];

    /// <summary>A byte string written in the alphabet.</summary>
    public static string Write(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
        {
            text.Append(Characters[value]);
        }

        return text.ToString();
    }

    /// <summary>The bytes that a token stands for, or null if the token holds a character outside the alphabet.</summary>
    public static byte[]? Read(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            if (!Bytes.TryGetValue(token[i], out bytes[i]))
            {
                return null;
            }
        }

        return bytes;
    }

    private static bool Prints(int value) => value is (>= 33 and <= 126) or (>= 161 and <= 172) or >= 174;
}
