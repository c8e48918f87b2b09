using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace SEAS.Training.Text.Tokenizers;

/// <summary>Turns plain text into ids: cuts it into pieces, spells each in symbols and merges them.</summary>
/// <remarks>Safe to use from many threads. Short pieces are remembered, up to a bound, because text repeats its words.</remarks>
internal sealed class TextEncoder(PieceCutter cutter, SymbolSpelling spelling, BpeMerges merges)
{
    private const int RememberedPieces = 65_536;
    private const int RememberedLength = 32;

    private readonly ConcurrentDictionary<string, int[]> _remembered = new(StringComparer.Ordinal);
    private int _rememberedCount;

    /// <summary>Appends the ids of a text in which nothing is special.</summary>
    /// <param name="text">Plain text, normalized.</param>
    /// <param name="start">Whether it opens the whole text.</param>
    /// <param name="continues">Whether it goes on where other text ended, so that no space is put in front.</param>
    /// <param name="output">Where the ids go.</param>
    public void Encode(string text, bool start, bool continues, List<int> output)
    {
        var prepared = cutter.Prepare(text, start, continues);
        var lookup = _remembered.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var from = 0; from < prepared.Length;)
        {
            var end = cutter.EndOfPiece(prepared, from);
            var piece = prepared.AsSpan(from, end - from);
            from = end;
            if (lookup.TryGetValue(piece, out var known))
            {
                output.AddRange(known);
                continue;
            }

            var before = output.Count;
            EncodePiece(piece, output);
            Remember(lookup, piece, CollectionsMarshal.AsSpan(output)[before..]);
        }
    }

    private void EncodePiece(ReadOnlySpan<char> piece, List<int> output)
    {
        if (spelling.Whole(piece) is { } id)
        {
            output.Add(id);
            return;
        }

        var symbols = new List<int>(piece.Length + 8);
        spelling.Spell(piece, symbols);
        merges.Apply(CollectionsMarshal.AsSpan(symbols), output);
    }

    private void Remember(
        ConcurrentDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> lookup, ReadOnlySpan<char> piece, ReadOnlySpan<int> ids)
    {
        if (piece.Length <= RememberedLength && _rememberedCount < RememberedPieces && lookup.TryAdd(piece, ids.ToArray()))
        {
            Interlocked.Increment(ref _rememberedCount);   // the dictionary's own Count locks all of it
        }
    }
}
