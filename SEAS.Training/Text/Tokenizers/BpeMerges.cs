namespace SEAS.Training.Text.Tokenizers;

/// <summary>The ranked merges of a byte-pair vocabulary and their application to one piece of text.</summary>
/// <remarks>
/// The lowest rank is merged first, the leftmost of equals first. Neighbours are linked and candidates wait in a queue, so a piece of
/// n symbols costs O(n log n), however long it is.
/// </remarks>
internal sealed class BpeMerges
{
    private readonly Dictionary<ulong, (int Rank, int Merged)> _merges = [];

    /// <summary>Adds a merge; the first mention of a pair keeps its rank.</summary>
    public void Add(int left, int right, int result, int rank) => _merges.TryAdd(Key(left, right), (rank, result));

    /// <summary>Merges the symbols as far as they go and appends what is left to <paramref name="output"/>.</summary>
    public void Apply(ReadOnlySpan<int> symbols, List<int> output)
    {
        if (symbols.Length < 2)
        {
            output.AddRange(symbols);
            return;
        }

        var piece = new Piece(this, symbols);
        piece.MergeAll();
        piece.AppendTo(output);
    }

    private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

    private readonly record struct Candidate(int Position, int Left, int Right, int Merged);

    /// <summary>A piece while it is merged: symbols in a doubly linked list over arrays; −1 is "none" and "merged away".</summary>
    private sealed class Piece
    {
        private readonly BpeMerges _owner;
        private readonly int[] _symbols;
        private readonly int[] _previous;
        private readonly int[] _next;
        private readonly PriorityQueue<Candidate, ulong> _queue;

        public Piece(BpeMerges owner, ReadOnlySpan<int> symbols)
        {
            _owner = owner;
            _symbols = symbols.ToArray();
            _previous = new int[symbols.Length];
            _next = new int[symbols.Length];
            _queue = new PriorityQueue<Candidate, ulong>(symbols.Length);
            for (var i = 0; i < symbols.Length; i++)
            {
                _previous[i] = i - 1;
                _next[i] = i + 1 < symbols.Length ? i + 1 : -1;
            }

            for (var i = 0; i < symbols.Length - 1; i++)
            {
                Offer(i);
            }
        }

        public void MergeAll()
        {
            while (_queue.TryDequeue(out var candidate, out _))
            {
                var position = candidate.Position;
                var right = _next[position];
                if (right < 0 || _symbols[position] != candidate.Left || _symbols[right] != candidate.Right)
                {
                    continue;   // a better merge took one of the two
                }

                _symbols[position] = candidate.Merged;
                _symbols[right] = -1;
                _next[position] = _next[right];
                _next[right] = -1;
                if (_next[position] >= 0)
                {
                    _previous[_next[position]] = position;
                    Offer(position);
                }

                if (_previous[position] >= 0)
                {
                    Offer(_previous[position]);
                }
            }
        }

        public void AppendTo(List<int> output)
        {
            for (var i = 0; i >= 0; i = _next[i])
            {
                output.Add(_symbols[i]);
            }
        }

        private void Offer(int position)
        {
            var (left, right) = (_symbols[position], _symbols[_next[position]]);
            if (_owner._merges.TryGetValue(Key(left, right), out var merge))
            {
                _queue.Enqueue(new Candidate(position, left, right, merge.Merged), Key(merge.Rank, position));
            }
        }
    }
}
