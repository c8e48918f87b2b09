namespace SEAS.Training.Measures.Grouping;

/// <summary>Texts as sets of word triples, each triple a number; the rarer, the smaller.</summary>
internal static class Shingles
{
    private const int Width = 3;

    /// <summary>A text's triples, ascending; a text of fewer words is one triple with gaps.</summary>
    public static int[][] Of(IReadOnlyList<string[]> texts)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        var triples = new Dictionary<(int, int, int), int>();
        var uses = new List<int>();
        var sets = new int[texts.Count][];
        for (var text = 0; text < texts.Count; text++)
        {
            sets[text] = [.. Triples(texts[text], words).Select(triple => Number(triples, triple)).Distinct()];
            foreach (var triple in sets[text])
            {
                if (triple == uses.Count)
                {
                    uses.Add(0);
                }

                uses[triple]++;
            }
        }

        var rank = new int[uses.Count];
        var rarest = Enumerable.Range(0, uses.Count).OrderBy(triple => uses[triple]).ToArray();
        for (var place = 0; place < rarest.Length; place++)
        {
            rank[rarest[place]] = place;
        }

        return [.. sets.Select(set => set.Select(triple => rank[triple]).Order().ToArray())];
    }

    private static IEnumerable<(int First, int Second, int Third)> Triples(string[] text, Dictionary<string, int> words)
    {
        int Word(int place) => place < text.Length ? Number(words, text[place]) : -1;
        for (var start = 0; start <= Math.Max(0, text.Length - Width); start++)
        {
            yield return (Word(start), Word(start + 1), Word(start + 2));
        }
    }

    private static int Number<T>(Dictionary<T, int> known, T key)
        where T : notnull
    {
        if (!known.TryGetValue(key, out var number))
        {
            number = known.Count;
            known.Add(key, number);
        }

        return number;
    }
}
