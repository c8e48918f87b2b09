using System.Text;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>Turns ids into text one by one and holds back bytes until they make a whole character.</summary>
/// <remarks>
/// What all calls return, joined, equals <see cref="Tokenizer.Decode"/> of the same ids. Bytes that are no UTF-8 become U+FFFD.
/// Belongs to one sequence; not for use from two threads at once.
/// </remarks>
public sealed class StreamingDecoder
{
    private readonly TokenBytes _tokens;
    private readonly bool _skipSpecial;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private int _leadingSpaces;

    internal StreamingDecoder(TokenBytes tokens, bool skipSpecial)
    {
        _tokens = tokens;
        _skipSpecial = skipSpecial;
        _leadingSpaces = tokens.LeadingSpaces;
    }

    /// <summary>Takes the next id.</summary>
    /// <returns>The characters that are complete now; often one word, sometimes nothing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is negative.</exception>
    public string Push(int id) => Read(_tokens.Of(id, _skipSpecial), flush: false);

    /// <summary>Ends the text: bytes still held back are no whole character and become U+FFFD. Afterwards a new text can begin.</summary>
    public string Flush()
    {
        var rest = Read([], flush: true);
        _leadingSpaces = _tokens.LeadingSpaces;
        return rest;
    }

    private string Read(ReadOnlySpan<byte> bytes, bool flush)
    {
        while (_leadingSpaces > 0 && bytes.Length > 0)
        {
            _leadingSpaces = bytes[0] == (byte)' ' ? _leadingSpaces - 1 : 0;
            bytes = bytes[0] == (byte)' ' ? bytes[1..] : bytes;
        }

        var characters = new char[_decoder.GetCharCount(bytes, flush)];
        return new string(characters, 0, _decoder.GetChars(bytes, characters, flush));
    }
}
