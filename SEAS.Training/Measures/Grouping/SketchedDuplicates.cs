namespace SEAS.Training.Measures.Grouping;

/// <summary>Finds near-duplicates among more texts than the memory holds.</summary>
/// <remarks>
/// Near is what it is to <see cref="NearDuplicates"/>, and every pair that is named was compared letter by letter. Not every near pair is
/// found: which texts are compared, sketches tell (<see cref="MinHash"/>), and of those a text is compared with the four most promising.
/// A text joins the nearest leader found, or becomes one: the order of the texts decides which.
/// </remarks>
public static class SketchedDuplicates
{
    private const int MostCompared = 4;

    /// <summary>The texts that are near another, with that one; in the order of the texts.</summary>
    /// <param name="count">How many texts there are.</param>
    /// <param name="texts">The texts with their numbers; read once.</param>
    /// <param name="text">Gives one of those that were read, by its number.</param>
    public static IEnumerable<(long Text, long Leader)> Of(
        long count, IEnumerable<(long Number, string Text)> texts, Func<long, string> text)
    {
        var hash = new MinHash();
        var index = new SketchIndex(count);
        var numbers = new List<long>();   // leader → its text
        var recent = new RecentSets(leader => HashedShingles.Of(text(numbers[leader])));
        var sketch = new ulong[MinHash.Bands];
        var found = new List<(int Leader, int Shared)>();
        foreach (var (number, one) in texts)
        {
            var set = HashedShingles.Of(one);
            hash.Sketch(set, sketch);
            index.Find(sketch, found);
            if (Nearest(set, found, recent) is { } leader)
            {
                yield return (number, numbers[leader]);
            }
            else
            {
                recent.Keep(index.Count, set);
                index.Add(sketch);
                numbers.Add(number);
            }
        }
    }

    private static int? Nearest(ulong[] set, List<(int Leader, int Shared)> found, RecentSets recent)
    {
        int? nearest = null;
        var (bestShared, bestUnion) = (0L, 1L);
        foreach (var (leader, _) in found.Take(MostCompared))
        {
            var other = recent.Of(leader);
            long shared = HashedShingles.Shared(set, other);
            var union = set.Length + other.Length - shared;
            if (NearDuplicates.AreNear(shared, union) && shared * bestUnion > bestShared * union)
            {
                (nearest, bestShared, bestUnion) = (leader, shared, union);
            }
        }

        return nearest;
    }

    /// <summary>The sets of leaders that were looked at lately, unless they are long.</summary>
    private sealed class RecentSets(Func<int, ulong[]> read)
    {
        private const int Places = 4096;
        private const int Longest = 512;

        private readonly (int Leader, ulong[]? Set)[] _places = new (int, ulong[]?)[Places];

        public ulong[] Of(int leader)
        {
            var (held, set) = _places[leader % Places];
            return held == leader && set is not null ? set : Keep(leader, read(leader));
        }

        public ulong[] Keep(int leader, ulong[] set)
        {
            if (set.Length <= Longest)
            {
                _places[leader % Places] = (leader, set);
            }

            return set;
        }
    }
}
