namespace SEAS.Training.Measures.Grouping;

/// <summary>Finds the leader that is nearest to a text, without comparing with all.</summary>
/// <remarks>
/// A set of n members that is near another shares at least ⌈0.6 n⌉ with it, so among its n − ⌈0.6 n⌉ + 1 rarest members there is one that
/// is also among the other's rarest (the prefix filter of Chaudhuri, Ganti and Kaushik 2006, "A primitive operator for similarity joins").
/// Only those are indexed. Nothing is missed, and since they are rare, little is compared in vain.
/// </remarks>
internal sealed class LeaderIndex(int[][] sets)
{
    private readonly Dictionary<int, List<int>> _holders = [];   // rare member → leaders that hold it among their rarest
    private readonly int[] _seen = new int[sets.Length];         // leader → the text (+ 1) that it was last compared with

    public void Add(int leader)
    {
        foreach (var member in Rarest(leader))
        {
            if (!_holders.TryGetValue(member, out var holders))
            {
                _holders[member] = holders = [];
            }

            holders.Add(leader);
        }
    }

    /// <summary>The near leader with the highest Jaccard index, of equals the first; null when none is near.</summary>
    public int? NearestTo(int text)
    {
        int? nearest = null;
        var (bestShared, bestUnion) = (0, 1);
        foreach (var member in Rarest(text))
        {
            foreach (var leader in _holders.GetValueOrDefault(member) ?? [])
            {
                if (_seen[leader] == text + 1)
                {
                    continue;
                }

                _seen[leader] = text + 1;
                var shared = Shared(sets[text], sets[leader]);
                var union = sets[text].Length + sets[leader].Length - shared;
                var order = ((long)shared * bestUnion).CompareTo((long)bestShared * union);
                if (NearDuplicates.AreNear(shared, union) && (order > 0 || (order == 0 && leader < nearest)))
                {
                    (nearest, bestShared, bestUnion) = (leader, shared, union);
                }
            }
        }

        return nearest;
    }

    private ReadOnlySpan<int> Rarest(int text)
    {
        var size = sets[text].Length;
        var least = ((size * NearDuplicates.Numerator) + NearDuplicates.Denominator - 1) / NearDuplicates.Denominator;
        return sets[text].AsSpan(0, size - least + 1);
    }

    private static int Shared(int[] a, int[] b)
    {
        var (i, j, shared) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            var order = a[i].CompareTo(b[j]);
            shared += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return shared;
    }
}
