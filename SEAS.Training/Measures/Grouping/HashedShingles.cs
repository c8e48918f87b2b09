using System.Numerics;

namespace SEAS.Training.Measures.Grouping;

/// <summary>A text as the set of its word triples, each a number that needs no table: the same in every process.</summary>
internal static class HashedShingles
{
    private const int Width = 3;
    private const ulong NoWord = 0x6A09E667F3BCC909;   // in the place of words that a text of fewer than three lacks

    /// <summary>The triples, ascending, each once.</summary>
    public static ulong[] Of(string text)
    {
        Span<ulong> last = [NoWord, NoWord, NoWord];
        var triples = new List<ulong>();
        var count = 0;
        foreach (var (start, end) in Words.Places(text))
        {
            last[count++ % Width] = Word(text.AsSpan(start, end - start));
            if (count >= Width)
            {
                triples.Add(Triple(last[count % Width], last[(count + 1) % Width], last[(count + 2) % Width]));
            }
        }

        if (triples.Count == 0)
        {
            return [Triple(last[0], last[1], last[2])];
        }

        triples.Sort();
        var kept = 1;
        for (var at = 1; at < triples.Count; at++)
        {
            if (triples[at] != triples[kept - 1])
            {
                triples[kept++] = triples[at];
            }
        }

        return [.. triples[..kept]];
    }

    /// <summary>How many members two sets have in common.</summary>
    public static int Shared(ulong[] a, ulong[] b)
    {
        var (i, j, shared) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            shared += a[i] == b[j] ? 1 : 0;
            var first = a[i] <= b[j];
            j += b[j] <= a[i] ? 1 : 0;
            i += first ? 1 : 0;
        }

        return shared;
    }

    /// <summary>Spreads what differs in any bit over all of them (the last steps of MurmurHash3).</summary>
    public static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCD;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }

    // FNV-1a over the letters without case.
    private static ulong Word(ReadOnlySpan<char> letters)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var letter in letters)
        {
            hash = (hash ^ char.ToLowerInvariant(letter)) * 0x100000001B3;
        }

        return Mixed(hash);
    }

    private static ulong Triple(ulong first, ulong second, ulong third) =>
        Mixed(first + BitOperations.RotateLeft(second, 21) + BitOperations.RotateLeft(third, 42));
}
