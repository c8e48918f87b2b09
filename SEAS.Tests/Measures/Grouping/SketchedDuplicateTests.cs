using SEAS.Training.Engine.Randomness;
using SEAS.Training.Measures.Grouping;

namespace SEAS.Tests.Measures.Grouping;

public sealed class SketchedDuplicateTests
{
    private static readonly string[] s_words = [.. Enumerable.Range(0, 3000).Select(at => $"w{at}")];

    [Fact]
    public void Every_pair_that_is_named_is_near_by_the_exact_measure()
    {
        var texts = Texts(3000, changes: 4);

        var pairs = Of(texts);

        Assert.InRange(pairs.Count, 500, 2999);
        Assert.All(pairs, pair => Assert.True(Index(texts[pair.Text], texts[pair.Leader]) >= 0.6, texts[pair.Text]));
        Assert.All(pairs, pair => Assert.True(pair.Leader < pair.Text));
        Assert.Empty(pairs.Select(pair => pair.Leader).Intersect(pairs.Select(pair => pair.Text)));   // a leader leads
    }

    [Theory]
    [InlineData(1, 0.97)]   // one word of thirty: an index of 0.81 to 0.9
    [InlineData(2, 0.93)]   // two: 0.65 to 0.81
    public void Nearly_all_that_are_near_are_found(int changes, double least)
    {
        // Pairs of a text and one with some words changed, and nothing else that is alike.
        var random = new RandomStream(3, "pairs");
        var texts = Enumerable.Range(0, 2000).SelectMany(_ =>
        {
            var words = Enumerable.Range(0, 30).Select(_ => random.Pick(s_words)).ToArray();
            var first = string.Join(' ', words);
            for (var change = 0; change < changes; change++)
            {
                words[random.Next(words.Length)] = random.Pick(s_words);
            }

            return (string[])[first, string.Join(' ', words)];
        }).ToArray();

        var near = Enumerable.Range(0, 2000).Count(at => Index(texts[2 * at], texts[(2 * at) + 1]) >= 0.6);
        var pairs = Of(texts);

        Assert.InRange(near, 1800, 2000);
        Assert.All(pairs, pair => Assert.Equal(pair.Text - 1, pair.Leader));
        Assert.True(pairs.Count >= least * near, $"{pairs.Count} of {near}");
    }

    [Fact]
    public void Case_and_signs_do_not_matter_and_short_texts_are_near_to_equal_ones_alone()
    {
        Assert.Equal(
            [(1L, 0L), (4L, 3L), (6L, 5L)],
            Of(["Paint the DOOR, please!", "paint; the door (please)", "Paint the wall, please", "Hello", "hello?", "…", "!!"]));
        Assert.Empty(Of([]));
    }

    [Fact]
    public void What_all_texts_have_in_common_joins_none_of_them_and_is_compared_with_few()
    {
        // Half of each text is the same in all: an index of about a third, and one crowded chain for each number of a sketch.
        var random = new RandomStream(4, "crowd");
        var texts = Enumerable.Range(0, 5000).Select(_ =>
            string.Join(' ', s_words.Take(20).Concat(Enumerable.Range(0, 20).Select(_ => random.Pick(s_words))))).ToArray();
        var asked = 0;

        var pairs = SketchedDuplicates.Of(texts.Length, Numbered(texts), at =>
        {
            asked++;
            return texts[at];
        }).ToList();

        Assert.Empty(pairs);
        Assert.InRange(asked, 0, 4 * texts.Length);
    }

    private static List<(long Text, long Leader)> Of(string[] texts) =>
        [.. SketchedDuplicates.Of(texts.Length, Numbered(texts), at => texts[at])];

    private static IEnumerable<(long Number, string Text)> Numbered(string[] texts) => texts.Select((text, at) => ((long)at, text));

    // A text, or an earlier one with some words changed.
    private static string[] Texts(int count, int changes)
    {
        var random = new RandomStream(5, "texts");
        var texts = new List<string>(count);
        while (texts.Count < count)
        {
            var words = texts.Count < 3 || random.Chance(0.4)
                ? Enumerable.Range(0, 3 + random.Next(30)).Select(_ => random.Pick(s_words)).ToArray()
                : random.Pick(texts).Split(' ');
            for (var change = random.Next(changes); change > 0; change--)
            {
                words[random.Next(words.Length)] = random.Pick(s_words);
            }

            texts.Add(string.Join(' ', words));
        }

        return [.. texts];
    }

    private static double Index(string first, string second)
    {
        var (a, b) = (Triples(first), Triples(second));
        return (double)a.Intersect(b).Count() / a.Union(b).Count();
    }

    private static HashSet<string> Triples(string text)
    {
        var words = text.Split(' ');
        return [.. Enumerable.Range(0, words.Length - 2).Select(start => string.Join(' ', words[start..(start + 3)]))];
    }
}
