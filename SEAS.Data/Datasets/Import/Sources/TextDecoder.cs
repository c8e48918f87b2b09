using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace SEAS.Data.Datasets.Import.Sources;

/// <summary>Turns bytes into letters and says at which byte it cannot.</summary>
internal sealed class TextDecoder(TextEncoding encoding, int markLength)
{
    private long _bytes = markLength;
    private long _lines;

    /// <summary>Decodes as many whole letters as there are.</summary>
    /// <returns>How many bytes were used, and how many letters they are.</returns>
    /// <exception cref="SourceFault">A byte is no text, or a letter is a null character.</exception>
    public (int Bytes, int Letters) Decode(ReadOnlySpan<byte> bytes, Span<char> letters, bool isLast)
    {
        var (used, written, isValid) = encoding == TextEncoding.Utf8
            ? FromUtf8(bytes, letters, isLast)
            : FromUtf16(bytes, letters, isLast);
        var decoded = letters[..written];
        if (decoded.IndexOf('\0') is var nul and >= 0)
        {
            throw Fault(
                decoded[..nul], "text", "a null character", "It may be a binary file; export it as CSV or JSON lines in UTF-8.");
        }

        if (!isValid)
        {
            throw Fault(decoded, Expected, Found(bytes[used..]), "Save the file as UTF-8.");
        }

        _bytes += used;
        _lines += decoded.Count('\n');
        return (used, written);
    }

    private string Expected => encoding == TextEncoding.Utf8 ? "text in UTF-8" : "text in UTF-16, as it begins";

    private static (int Used, int Written, bool IsValid) FromUtf8(ReadOnlySpan<byte> bytes, Span<char> letters, bool isLast)
    {
        var status = Utf8.ToUtf16(bytes, letters, out var used, out var written, replaceInvalidSequences: false, isFinalBlock: isLast);
        return (used, written, status is not OperationStatus.InvalidData);
    }

    private (int Used, int Written, bool IsValid) FromUtf16(ReadOnlySpan<byte> bytes, Span<char> letters, bool isLast)
    {
        var count = Math.Min(bytes.Length / 2, letters.Length);
        for (var at = 0; at < count; at++)
        {
            var pair = bytes[(2 * at)..];
            letters[at] = (char)(encoding == TextEncoding.Utf16LittleEndian
                ? BinaryPrimitives.ReadUInt16LittleEndian(pair)
                : BinaryPrimitives.ReadUInt16BigEndian(pair));
            var isSecond = at > 0 && char.IsHighSurrogate(letters[at - 1]);
            if (char.IsLowSurrogate(letters[at]) != isSecond)
            {
                var first = isSecond ? at - 1 : at;
                return (2 * first, first, false);
            }
        }

        // A first half waits for its second one in the next block.
        if (count > 0 && char.IsHighSurrogate(letters[count - 1]))
        {
            count--;
            return (2 * count, count, !isLast || letters.Length == count + 1);
        }

        var isCut = isLast && bytes.Length % 2 == 1 && count == bytes.Length / 2;
        return (2 * count, count, !isCut);
    }

    private string Found(ReadOnlySpan<byte> bytes) => encoding != TextEncoding.Utf8
        ? "half a letter (a lone surrogate or a single byte)"
        : bytes switch
        {
            [0xED, >= 0xA0, ..] => "half a letter (a lone surrogate)",
            [var one, ..] => FormattableString.Invariant($"the byte 0x{one:X2}, which is not UTF-8 (but perhaps Latin-1 or Windows-1252),"),
            _ => "a letter cut short",
        };

    private SourceFault Fault(ReadOnlySpan<char> before, string expected, string found, string remedy)
    {
        var at = _bytes + (encoding == TextEncoding.Utf8 ? System.Text.Encoding.UTF8.GetByteCount(before) : 2 * before.Length);
        return new SourceFault(
            expected, FormattableString.Invariant($"{found} at byte {at} (line {_lines + before.Count('\n') + 1})"), remedy);
    }
}
