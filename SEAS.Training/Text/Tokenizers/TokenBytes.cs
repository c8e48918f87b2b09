using System.Globalization;
using System.Text;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>What each id stands for when decoding: its bytes, and whether it is special.</summary>
internal sealed class TokenBytes
{
    private readonly byte[][] _bytes;
    private readonly bool[] _special;

    public TokenBytes(TokenizerDefinition definition, int vocabularySize)
    {
        _bytes = new byte[vocabularySize][];
        _special = new bool[vocabularySize];
        Array.Fill(_bytes, []);
        foreach (var (token, id) in definition.Model.Vocabulary)
        {
            _bytes[id] = BytesOf(token, definition.Decoder);
        }

        foreach (var token in definition.Added)
        {
            _bytes[token.Id] = Encoding.UTF8.GetBytes(token.Content);
            _special[token.Id] = token.Special;
        }

        LeadingSpaces = definition.Decoder.LeadingSpaces;
    }

    /// <summary>Spaces that decoding takes off the front of a text, at most.</summary>
    public int LeadingSpaces { get; }

    /// <summary>The bytes of an id; none for a special token that is to be skipped and for ids beyond the vocabulary.</summary>
    /// <remarks>Models pad their vocabulary to round sizes, so an id without a token is no fault.</remarks>
    public ReadOnlySpan<byte> Of(int id, bool skipSpecial)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        return id >= _bytes.Length || (skipSpecial && _special[id]) ? [] : _bytes[id];
    }

    private static byte[] BytesOf(string token, DecoderRules rules)
    {
        if (rules.ByteLevel && ByteAlphabet.Read(token) is { } bytes)
        {
            return bytes;
        }

        if (rules.ByteFallback && ByteNamed(token) is { } value)
        {
            return [value];
        }

        foreach (var (from, to) in rules.Replacements)
        {
            token = token.Replace(from, to, StringComparison.Ordinal);
        }

        return Encoding.UTF8.GetBytes(token);
    }

    /// <summary>The byte that a token like <c>&lt;0x0A&gt;</c> names; null for any other.</summary>
    internal static byte? ByteNamed(string token) =>
        token is ['<', '0', 'x', _, _, '>']
        && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
