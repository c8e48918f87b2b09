using System.Text;

namespace SEAS.Data.Datasets.Import.Sources;

/// <summary>Reads text in UTF-8 or UTF-16 and refuses what is none, with the place; a line has a greatest length.</summary>
internal sealed class CheckedText(Stream content) : TextReader
{
    /// <summary>The longest line, or element of an array, in letters.</summary>
    public const int LongestLine = 16 << 20;

    private const int BlockBytes = 1 << 16;

    private readonly byte[] _bytes = new byte[BlockBytes];
    private char[] _letters = new char[BlockBytes];
    private TextDecoder? _decoder;
    private int _bytesHeld;
    private int _next;
    private int _end;
    private bool _ended;

    /// <summary>The first letters, without taking them.</summary>
    public string Beginning(int most)
    {
        if (_letters.Length < most + BlockBytes)
        {
            Array.Resize(ref _letters, most + BlockBytes);
        }

        while (_end < most && Append())
        {
            // More is needed.
        }

        return new string(_letters, 0, Math.Min(most, _end));
    }

    /// <summary>What was decoded and not yet taken; more is decoded if nothing is left. Empty at the end.</summary>
    public ReadOnlySpan<char> Ahead()
    {
        while (_next == _end && Fill())
        {
            // A block may hold only a part of a letter.
        }

        return _letters.AsSpan(_next, _end - _next);
    }

    /// <summary>Takes letters that <see cref="Ahead"/> showed.</summary>
    public void Take(int letters) => _next += letters;

    public override int Peek() => _next < _end ? _letters[_next] : Ahead() is [var letter, ..] ? letter : -1;

    public override int Read()
    {
        var letter = Peek();
        _next += letter < 0 ? 0 : 1;
        return letter;
    }

    public override int Read(Span<char> buffer)
    {
        var ahead = Ahead();
        var count = Math.Min(ahead.Length, buffer.Length);
        ahead[..count].CopyTo(buffer);
        _next += count;
        return count;
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    /// <exception cref="SourceFault">It is too long.</exception>
    public override string? ReadLine()
    {
        var ahead = Ahead();
        if (ahead.IsEmpty)
        {
            return null;
        }

        StringBuilder? line = null;
        while (!ahead.IsEmpty)
        {
            var end = ahead.IndexOfAny('\n', '\r');
            var part = end < 0 ? ahead : ahead[..end];
            if ((line?.Length ?? 0) + part.Length > LongestLine)
            {
                throw TooLong("line");
            }

            if (end >= 0)
            {
                var text = line is null ? part.ToString() : line.Append(part).ToString();
                var isReturn = ahead[end] == '\r';
                Take(end + 1);
                if (isReturn && Peek() == '\n')
                {
                    Take(1);
                }

                return text;
            }

            line = (line ?? new StringBuilder()).Append(part);
            Take(ahead.Length);
            ahead = Ahead();
        }

        return line!.ToString();
    }

    /// <summary>Says that something is longer than it may be.</summary>
    public static SourceFault TooLong(string what) => new(
        FormattableString.Invariant($"{what}s of at most {LongestLine} letters"),
        FormattableString.Invariant($"a {what} that is longer"),
        "Split it, or take it out.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Fill()
    {
        (_next, _end) = (0, 0);
        return Append();
    }

    /// <summary>Decodes one block behind what is there; false at the end.</summary>
    private bool Append()
    {
        if (_ended)
        {
            return false;
        }

        var read = Bytes();
        _ended = read == 0;
        _bytesHeld += read;
        if (_decoder is null)
        {
            var (encoding, mark) = EncodingDetection.Of(_bytes.AsSpan(0, _bytesHeld));
            _decoder = new TextDecoder(encoding, mark);
            Drop(mark);
        }

        var (used, letters) = _decoder.Decode(_bytes.AsSpan(0, _bytesHeld), _letters.AsSpan(_end), _ended);
        Drop(used);
        _end += letters;
        return !_ended || letters > 0;
    }

    private int Bytes()
    {
        try
        {
            // The first block must hold what the encoding is told from.
            var free = _bytes.AsSpan(_bytesHeld);
            return content.ReadAtLeast(free, Math.Min(free.Length, 4), throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            throw new SourceFault(
                "a whole packed file",
                $"a damaged one or one that was cut short ({error.Message.TrimEnd('.')})",
                "Get the file again.",
                error);
        }
    }

    private void Drop(int bytes)
    {
        _bytes.AsSpan(bytes, _bytesHeld - bytes).CopyTo(_bytes);
        _bytesHeld -= bytes;
    }
}
