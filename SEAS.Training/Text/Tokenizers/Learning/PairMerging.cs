using System.Text;

namespace SEAS.Training.Text.Tokenizers.Learning;

/// <summary>Merges the most frequent pair again and again, touching only the pieces that hold it.</summary>
internal sealed class PairMerging
{
    private readonly List<(int[] Symbols, long Count)> _pieces = [];
    private readonly List<byte[]> _vocabulary;
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Left, int Right), long> _counts = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> _places = [];
    private readonly Dictionary<(int Left, int Right), long> _before = [];
    private readonly PriorityQueue<((int Left, int Right) Pair, long Count), (long Count, byte[] Left, byte[] Right)> _queue =
        new(Comparer<(long Count, byte[] Left, byte[] Right)>.Create(BestFirst));

    /// <param name="pieces">How often each piece of text occurs.</param>
    /// <param name="vocabulary">Starts as the 256 single bytes; merged byte strings are appended.</param>
    public PairMerging(IReadOnlyDictionary<string, long> pieces, List<byte[]> vocabulary)
    {
        _vocabulary = vocabulary;
        var ids = new int[256];
        for (var id = 0; id < vocabulary.Count; id++)
        {
            ids[vocabulary[id][0]] = id;
            _known[ByteAlphabet.Write(vocabulary[id])] = id;
        }

        foreach (var (piece, count) in pieces)
        {
            _pieces.Add(([.. Encoding.UTF8.GetBytes(piece).Select(value => ids[value])], count));
            Tally(_pieces.Count - 1, sign: 1);
        }

        Announce();
    }

    /// <summary>Merges until the vocabulary has the wanted size or no pair is left.</summary>
    /// <returns>The merges in order, as indices into the vocabulary.</returns>
    public List<(int Left, int Right)> Run(int size)
    {
        var merges = new List<(int Left, int Right)>();
        while (_vocabulary.Count < size && TryTakeBest(out var pair))
        {
            merges.Add(pair);
            Merge(pair, IdOfMerged(pair));
        }

        return merges;
    }

    private static int BestFirst((long Count, byte[] Left, byte[] Right) a, (long Count, byte[] Left, byte[] Right) b)
    {
        var byCount = b.Count.CompareTo(a.Count);
        var byLeft = byCount != 0 ? byCount : b.Left.AsSpan().SequenceCompareTo(a.Left);
        return byLeft != 0 ? byLeft : b.Right.AsSpan().SequenceCompareTo(a.Right);
    }

    /// <summary>The next pair to merge. Entries whose count has changed since they were queued are put back with the true one.</summary>
    private bool TryTakeBest(out (int Left, int Right) pair)
    {
        while (_queue.TryDequeue(out var entry, out _))
        {
            pair = entry.Pair;
            var count = _counts.GetValueOrDefault(pair);
            if (count > 0 && count == entry.Count)
            {
                return true;
            }

            if (count > 0 && count < entry.Count)
            {
                Enqueue(pair, count);
            }
        }

        pair = default;
        return false;
    }

    private int IdOfMerged((int Left, int Right) pair)
    {
        byte[] bytes = [.. _vocabulary[pair.Left], .. _vocabulary[pair.Right]];
        if (_known.TryAdd(ByteAlphabet.Write(bytes), _vocabulary.Count))
        {
            _vocabulary.Add(bytes);
        }

        return _known[ByteAlphabet.Write(bytes)];   // the same bytes may be reached by two ways; they are one token
    }

    private void Merge((int Left, int Right) pair, int merged)
    {
        foreach (var place in _places[pair].ToArray())
        {
            Tally(place, sign: -1);
            _pieces[place] = (Replace(_pieces[place].Symbols, pair, merged), _pieces[place].Count);
            Tally(place, sign: 1);
        }

        Announce();
    }

    private static int[] Replace(int[] symbols, (int Left, int Right) pair, int merged)
    {
        var result = new List<int>(symbols.Length);
        for (var i = 0; i < symbols.Length; i++)
        {
            var here = i + 1 < symbols.Length && symbols[i] == pair.Left && symbols[i + 1] == pair.Right;
            result.Add(here ? merged : symbols[i]);
            i += here ? 1 : 0;
        }

        return [.. result];
    }

    private void Tally(int place, int sign)
    {
        var (symbols, count) = _pieces[place];
        for (var i = 0; i + 1 < symbols.Length; i++)
        {
            var pair = (symbols[i], symbols[i + 1]);
            var before = _counts.GetValueOrDefault(pair);
            _before.TryAdd(pair, before);
            _counts[pair] = before + (sign * count);
            if (sign > 0)
            {
                (_places.TryGetValue(pair, out var places) ? places : _places[pair] = []).Add(place);
            }
            else
            {
                _places[pair].Remove(place);
            }
        }
    }

    /// <summary>Queues the pairs that have become more frequent and forgets those that are gone.</summary>
    private void Announce()
    {
        foreach (var (pair, before) in _before)
        {
            var count = _counts[pair];
            if (count > before)
            {
                Enqueue(pair, count);
            }
            else if (count == 0)
            {
                _counts.Remove(pair);
                _places.Remove(pair);
            }
        }

        _before.Clear();
    }

    private void Enqueue((int Left, int Right) pair, long count) =>
        _queue.Enqueue((pair, count), (count, _vocabulary[pair.Left], _vocabulary[pair.Right]));
}
