namespace SEAS.Training.Measures.Agreement;

/// <summary>Items × raters, with gaps: what every measure of agreement is computed from.</summary>
/// <remarks>The order in which ratings arrive does not matter: items, raters and values are sorted.</remarks>
public sealed class RatingTable
{
    /// <summary>Stands where a rater said nothing.</summary>
    internal const int Missing = -1;

    private readonly int[][] _codes;    // [item][rater]: index into Values, or Missing
    private readonly int[][] _counts;   // [item][value]: how many raters said it

    private RatingTable(IReadOnlyList<long> items, IReadOnlyList<string> raters, IReadOnlyList<string> values, int[][] codes,
        int[][] counts)
    {
        (Items, Raters, Values) = (items, raters, values);
        (_codes, _counts) = (codes, counts);
    }

    /// <summary>Items that somebody saw, ascending; a drawn sample repeats some.</summary>
    public IReadOnlyList<long> Items { get; }

    /// <summary>Everybody who rated anything, in alphabetical order.</summary>
    public IReadOnlyList<string> Raters { get; }

    /// <summary>Every label that was given, in alphabetical order.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Items that at least two people labelled: only these tell of agreement.</summary>
    public int SharedItems => Enumerable.Range(0, Items.Count).Count(IsShared);

    /// <summary>Puts ratings into a table.</summary>
    /// <exception cref="ArgumentException">A person rated an item twice.</exception>
    public static RatingTable Of(IEnumerable<Rating> ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        var all = ratings.ToList();
        var items = all.Select(rating => rating.Item).Distinct().Order().ToList();
        var raters = all.Select(rating => rating.Rater).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var values = all.Select(rating => rating.Value).OfType<string>()
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var (rows, columns, labels) = (Places(items), Places(raters), Places(values));
        var codes = items.ConvertAll(_ => Enumerable.Repeat(Missing, raters.Count).ToArray()).ToArray();
        var counts = items.ConvertAll(_ => new int[values.Count]).ToArray();
        var seen = new HashSet<(long, string)>();
        foreach (var (item, rater, value) in all)
        {
            if (!seen.Add((item, rater)))
            {
                throw new ArgumentException(
                    $"Cannot compare ratings: '{rater}' rated item {item} twice, expected one rating each. Keep the one that stands.",
                    nameof(ratings));
            }

            if (value is not null)
            {
                codes[rows[item]][columns[rater]] = labels[value];
                counts[rows[item]][labels[value]]++;
            }
        }

        return new RatingTable(items, raters, values, codes, counts);
    }

    /// <summary>What a rater said of an item, or <see cref="Missing"/>.</summary>
    internal int Code(int item, int rater) => _codes[item][rater];

    /// <summary>How many raters gave each value to an item.</summary>
    internal ReadOnlySpan<int> Counts(int item) => _counts[item];

    /// <summary>How many raters labelled an item.</summary>
    internal int RatingsOf(int item)
    {
        var sum = 0;
        foreach (var count in _counts[item])
        {
            sum += count;
        }

        return sum;
    }

    /// <summary>The table of the shared items alone: the same α, at a fraction of the work where most items have one label.</summary>
    internal RatingTable Shared() => Drawn([.. Enumerable.Range(0, Items.Count).Where(IsShared)]);

    /// <summary>The table of some of the items, with repetition: one draw of a bootstrap.</summary>
    internal RatingTable Drawn(int[] items) => new(
        Array.ConvertAll(items, item => Items[item]), Raters, Values, Array.ConvertAll(items, item => _codes[item]),
        Array.ConvertAll(items, item => _counts[item]));

    private bool IsShared(int item) => RatingsOf(item) > 1;

    private static Dictionary<T, int> Places<T>(List<T> keys)
        where T : notnull => keys.Select((key, place) => (key, place)).ToDictionary(pair => pair.key, pair => pair.place);
}
