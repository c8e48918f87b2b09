using System.Numerics;

namespace SEAS.Training.Measures.Grouping;

/// <summary>Finds leaders whose sketches have numbers in common with a text's: 120 bytes a leader, whatever its length.</summary>
/// <remarks>
/// Each number of a sketch is one entry in a chain of a hash table, of which sixteen bits are kept. Chains are followed so far and no
/// further: what a million texts have in common tells nothing of any two of them.
/// </remarks>
internal sealed class SketchIndex(long texts)
{
    private const int LeastShared = 2;
    private const int LongestWalk = 32;
    private const int MostHeads = 1 << 23;
    private const int Piece = 1 << 16;

    private readonly int[] _heads = new int[Math.Min(MostHeads, (int)BitOperations.RoundUpToPowerOf2((ulong)Math.Max(16, texts * 4)))];
    private readonly List<int[]> _next = [];        // entry → the entry (+ 1) before it in its chain
    private readonly List<ushort[]> _prints = [];   // entry → sixteen bits of its number
    private readonly List<int> _seen = [];          // leader → the search that met it last
    private int _search;

    /// <summary>Leaders in the index; the number of the next one.</summary>
    public int Count => _seen.Count;

    public void Add(ReadOnlySpan<ulong> sketch)
    {
        for (var band = 0; band < MinHash.Bands; band++)
        {
            var entry = (Count * MinHash.Bands) + band;
            if (entry / Piece == _next.Count)
            {
                _next.Add(new int[Piece]);
                _prints.Add(new ushort[Piece]);
            }

            ref var head = ref _heads[Head(sketch[band])];
            _next[entry / Piece][entry % Piece] = head;
            _prints[entry / Piece][entry % Piece] = Print(sketch[band]);
            head = entry + 1;
        }

        _seen.Add(0);
    }

    /// <summary>Leaders that may be near, those with the most in common first.</summary>
    public void Find(ReadOnlySpan<ulong> sketch, List<(int Leader, int Shared)> found)
    {
        found.Clear();
        _search++;
        Span<int> links = stackalloc int[MinHash.Bands];
        Span<ushort> prints = stackalloc ushort[MinHash.Bands];
        for (var band = 0; band < MinHash.Bands; band++)
        {
            links[band] = _heads[Head(sketch[band])];
        }

        // Step by step on all chains at once: the memory is asked for twenty places at a time, not for one after the other.
        for (var (step, isOn) = (0, true); isOn && step < LongestWalk; step++)
        {
            isOn = false;
            for (var band = 0; band < MinHash.Bands; band++)
            {
                prints[band] = links[band] == 0 ? (ushort)0 : PrintOf(links[band] - 1);
            }

            for (var band = 0; band < MinHash.Bands; band++)
            {
                if (links[band] != 0)
                {
                    Meet(links[band] - 1, band, prints[band], sketch, found);
                    links[band] = Next(links[band] - 1);
                    isOn |= links[band] != 0;
                }
            }
        }

        found.Sort(static (one, other) =>
            one.Shared != other.Shared ? other.Shared.CompareTo(one.Shared) : one.Leader.CompareTo(other.Leader));
    }

    private void Meet(int entry, int band, ushort print, ReadOnlySpan<ulong> sketch, List<(int Leader, int Shared)> found)
    {
        var leader = entry / MinHash.Bands;
        if (print == Print(sketch[band]) && entry % MinHash.Bands == band && _seen[leader] != _search)
        {
            _seen[leader] = _search;
            if (Shared(leader, sketch) is var shared and >= LeastShared)
            {
                found.Add((leader, shared));
            }
        }
    }

    private int Shared(int leader, ReadOnlySpan<ulong> sketch)
    {
        var shared = 0;
        for (var band = 0; band < MinHash.Bands; band++)
        {
            shared += PrintOf((leader * MinHash.Bands) + band) == Print(sketch[band]) ? 1 : 0;
        }

        return shared;
    }

    private int Head(ulong number) => (int)(number & (ulong)(_heads.Length - 1));

    private static ushort Print(ulong number) => (ushort)(number >> 48);

    private int Next(int entry) => _next[entry / Piece][entry % Piece];

    private ushort PrintOf(int entry) => _prints[entry / Piece][entry % Piece];
}
