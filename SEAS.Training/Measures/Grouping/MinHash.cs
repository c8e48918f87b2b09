using System.Numerics;

namespace SEAS.Training.Measures.Grouping;

/// <summary>Sketches of sets: two sketches have a number in common the more often, the more alike their sets are.</summary>
/// <remarks>
/// The smallest member under a random order is the same for two sets with a probability that is their Jaccard index (Broder 1997). Three
/// such in a row are a band; sets with an index of 0.6 share a given band with probability 0.22, those of 0.2 with 0.008.
/// </remarks>
internal sealed class MinHash
{
    /// <summary>Numbers of a sketch.</summary>
    public const int Bands = 20;

    private const int OrdersOfBand = 3;
    private const int Orders = 64;   // of which 60 are used: whole registers

    private readonly uint[] _flips = new uint[Orders];
    private readonly uint[] _factors = new uint[Orders];
    private readonly uint[] _smallest = new uint[Orders];

    public MinHash()
    {
        for (var order = 0; order < Orders; order++)
        {
            var random = HashedShingles.Mixed((ulong)order + 1);
            (_flips[order], _factors[order]) = ((uint)random, (uint)(random >> 32) | 1);   // odd: every number stays another one
        }
    }

    /// <summary>Sketches a set that is not empty.</summary>
    public void Sketch(ReadOnlySpan<ulong> set, Span<ulong> sketch)
    {
        for (var lane = 0; lane < Orders; lane += Vector<uint>.Count)
        {
            var (flips, factors) = (new Vector<uint>(_flips, lane), new Vector<uint>(_factors, lane));
            var smallest = new Vector<uint>(uint.MaxValue);
            foreach (var member in set)
            {
                smallest = Vector.Min(smallest, (new Vector<uint>((uint)(member >> 32)) ^ flips) * factors);
            }

            smallest.CopyTo(_smallest, lane);
        }

        for (var band = 0; band < Bands; band++)
        {
            var first = band * OrdersOfBand;
            sketch[band] = HashedShingles.Mixed(
                HashedShingles.Mixed(((ulong)_smallest[first] << 32) | _smallest[first + 1]) + ((ulong)_smallest[first + 2] << 8)
                + (ulong)band);
        }
    }
}
