namespace SEAS.Training.Measures.Variety;

/// <summary>How varied a set of texts is.</summary>
/// <param name="Duplicates">Share of texts equal, up to case and punctuation, to an earlier one.</param>
/// <param name="Distinct2">Distinct word pairs / word pairs (Li et al. 2016, arXiv:1510.03055, section 4).</param>
/// <param name="SelfBleu2">Mean share of a text's word pairs that occur in another text of the set (the bigram precision of Self-BLEU, Zhu
/// et al. 2018, arXiv:1802.01886), over at most <see cref="SelfBleuTexts"/> texts.</param>
/// <param name="CommonestOpening">Share of texts that begin with the commonest first two words.</param>
/// <param name="N">Texts.</param>
public sealed record Diversity(double Duplicates, double Distinct2, double SelfBleu2, double CommonestOpening, int N)
{
    /// <summary>Texts that the quadratic parts look at.</summary>
    public const int SelfBleuTexts = 200;

    /// <summary>Distinct words / words (Li et al. 2016). Null in runs older than this measure, as all that follow.</summary>
    public double? Distinct1 { get; init; }

    /// <summary>Distinct word triples / word triples.</summary>
    public double? Distinct3 { get; init; }

    /// <summary>Share of texts whose word triples have a Jaccard index of at least 0.6 with those of an earlier text of their group
    /// (<see cref="Grouping.NearDuplicates"/>); copies count.</summary>
    public double? NearDuplicates { get; init; }

    /// <summary>Mean cosine of all pairs of texts as hashed letter trigrams, in [−1, 1], over at most <see cref="SelfBleuTexts"/> texts; null
    /// for fewer than two.</summary>
    public double? MeanCosine { get; init; }

    /// <summary>The highest of these cosines.</summary>
    public double? MaxCosine { get; init; }

    /// <summary>Mean over the texts of 1 − the highest cosine with any prompt that their writer was shown, in [0, 2]; null where that is not
    /// known.</summary>
    public double? SeedDistance { get; init; }

    /// <summary>Measures a set of texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="shown">For each text the prompts that its writer was shown; null where there were none.</param>
    public static Diversity Of(IReadOnlyList<string> texts, IReadOnlyList<IReadOnlyList<string>>? shown = null)
    {
        if (texts.Count == 0)
        {
            return new Diversity(0, 0, 0, 0, 0);
        }

        var words = texts.Select(Words.Of).ToList();
        var distinctTexts = words.Select(row => string.Join(' ', row)).Distinct(StringComparer.Ordinal).Count();
        var pairs = words.ConvertAll(Pairs);
        var commonest = texts.GroupBy(text => Words.Opening(text, 2), StringComparer.Ordinal).Max(group => group.Count());
        var (mean, highest) = Cosines([.. texts.Take(SelfBleuTexts).Select(HashedNgrams.Of)]);
        return new Diversity(
            1.0 - ((double)distinctTexts / texts.Count), Distinct(pairs), SelfBleu(pairs), (double)commonest / texts.Count, texts.Count)
        {
            Distinct1 = Distinct(words),
            Distinct3 = Distinct(words.ConvertAll(row => row.Zip(row.Skip(1), row.Skip(2)).ToList())),
            NearDuplicates = 1.0 - ((double)Grouping.NearDuplicates.Of(texts).Distinct(StringComparer.Ordinal).Count() / texts.Count),
            MeanCosine = mean,
            MaxCosine = highest,
            SeedDistance = shown is null ? null : FromSeeds(texts, shown),
        };
    }

    private static List<(string, string)> Pairs(string[] words) => [.. words.Zip(words.Skip(1))];

    private static double Distinct<T>(IReadOnlyCollection<IReadOnlyCollection<T>> rows)
    {
        var all = rows.Sum(row => row.Count);
        return all == 0 ? 0 : (double)rows.SelectMany(row => row).Distinct().Count() / all;
    }

    private static double SelfBleu(List<List<(string, string)>> pairs)
    {
        var looked = pairs.Take(SelfBleuTexts).ToList();
        var holders = new Dictionary<(string, string), int>();
        foreach (var pair in looked.SelectMany(row => row.Distinct()))
        {
            holders[pair] = holders.GetValueOrDefault(pair) + 1;
        }

        var shares = looked.Where(row => row.Count > 0).Select(row => (double)row.Count(pair => holders[pair] > 1) / row.Count).ToList();
        return shares.Count == 0 ? 0 : shares.Average();
    }

    private static (double? Mean, double? Highest) Cosines(float[][] vectors)
    {
        var (sum, highest, count) = (0.0, -1.0, 0);
        for (var first = 0; first < vectors.Length; first++)
        {
            for (var second = first + 1; second < vectors.Length; second++)
            {
                var cosine = (double)HashedNgrams.Cosine(vectors[first], vectors[second]);
                (sum, highest, count) = (sum + cosine, Math.Max(highest, cosine), count + 1);
            }
        }

        return count == 0 ? (null, null) : (sum / count, highest);
    }

    private static double FromSeeds(IReadOnlyList<string> texts, IReadOnlyList<IReadOnlyList<string>> shown)
    {
        var vectors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        return texts.Zip(shown, (text, seeds) => 1.0 - (seeds.Count == 0 ? 0 : seeds.Max(seed => HashedNgrams.Cosine(Vector(text), Vector(seed)))))
            .Average();

        float[] Vector(string text) => vectors.TryGetValue(text, out var known) ? known : vectors[text] = HashedNgrams.Of(text);
    }
}
