namespace SEAS.Data.Datasets.Import.Fuzzing;

/// <summary>Changes files at random: cuts, repeats, swaps, turns bits, puts in what parsers stumble over.</summary>
/// <remarks>A generator of its own, so that an input can be made again from the seed and its number on every machine.</remarks>
/// <param name="seed">Names the changes.</param>
public sealed class FuzzedFile(ulong seed)
{
    private static readonly byte[][] s_pieces =
    [
        .. new[]
        {
            "\"", "\"\"", ",", ";", "\t", "\r", "\n", "\r\n", "{", "}", "[", "]", ":", "\\", "\\u0000", "\\ud83d", "\u0000", "null",
            "[[[[[[[[", "{\"a\":{\"a\":{\"a\":", "1e999", "-", "'", "=1+1", "prompt", "category", "chosen", "rejected", "messages",
            "seeds:\n", "- value: x\n", "&a [*a]", "\uFEFF", "\u2028", "PK\u0003\u0004", "true", "\n\nHuman: ", "\n\nAssistant: ",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
        [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xFF, 0xFE], [0xFE, 0xFF], [0x1F, 0x8B], [0x80], [0],
    ];

    private ulong _state = seed;

    /// <summary>A changed copy.</summary>
    /// <param name="original">The file.</param>
    /// <param name="most">How long the copy may be.</param>
    public byte[] Of(byte[] original, int most)
    {
        var bytes = original.Take(most).ToList();
        for (var change = 1 + Next(4); change > 0; change--)
        {
            Change(bytes);
        }

        return [.. bytes.Take(most)];
    }

    /// <summary>A number below a bound (SplitMix64).</summary>
    public int Next(int bound)
    {
        _state += 0x9E3779B97F4A7C15;
        var value = _state;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return (int)((value ^ (value >> 31)) % (ulong)bound);
    }

    private void Change(List<byte> bytes)
    {
        var at = Next(bytes.Count + 1);
        var length = Math.Min(1 + Next(1 << Next(10)), bytes.Count - at);
        switch (Next(7))
        {
            case 0:
                bytes.RemoveRange(at, length);
                break;
            case 1:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << Next(8));
                break;
            case 4:
                bytes.InsertRange(at, Enumerable.Repeat(s_pieces[Next(s_pieces.Length)], 1 << Next(12)).SelectMany(piece => piece));
                break;
            default:
                bytes.InsertRange(at, s_pieces[Next(s_pieces.Length)]);
                break;
        }
    }
}
