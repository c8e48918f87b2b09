using System.Diagnostics;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Measures.Grouping;
using SEAS.Training.World;
using Xunit.Abstractions;

namespace SEAS.Tests.Measures.Grouping;

public sealed class NearDuplicateTests(ITestOutputHelper output)
{
    private static readonly string[] s_words = ["how", "do", "people", "bake", "pies", "at", "home", "today", "with", "friends"];

    [Theory]
    // eight words are six triples; another last word changes one: 5 of 7 = 0.71
    [InlineData("tell me how to bake pies at home", "tell me how to bake pies at work", true)]
    // another word before the last changes two: 4 of 8 = 0.5
    [InlineData("tell me how to bake pies at home", "tell me how to bake pies from home", false)]
    // six words are four triples; another last word: 3 of 5 is 0.6 exactly
    [InlineData("a b c d e f", "a b c d e x", true)]
    // case and signs do not count
    [InlineData("How do I bake pies?", "how do i ... BAKE pies", true)]
    // short texts are the same or they are not
    [InlineData("bake pies", "Bake pies!", true)]
    [InlineData("bake pies", "bake cakes", false)]
    [InlineData("", "...", true)]
    [InlineData("", "bake", false)]
    public void Two_texts_are_near_from_six_tenths_of_their_word_triples(string first, string second, bool near)
    {
        var groups = NearDuplicates.Of([first, second]);

        Assert.Equal(near, groups[0] == groups[1]);
    }

    [Fact]
    public void No_chain_of_small_steps_joins_unlike_texts()
    {
        // each is near the next (6 of 8 triples = 0.75), the first and the last share 2 of 12
        var chain = Enumerable.Range(0, 6).Select(step => string.Join(' ', "abcdefghijklmn".Substring(step, 9).ToCharArray())).ToArray();
        var groups = NearDuplicates.Of(chain);

        Assert.Equal(groups[0], groups[1]);
        Assert.NotEqual(groups[0], groups[^1]);
    }

    [Fact]
    public void Groups_are_what_comparing_everything_with_everything_finds()
    {
        for (var index = 0; index < 20; index++)
        {
            var texts = RandomTexts(200, index);
            var groups = NearDuplicates.Of(texts);
            var members = Enumerable.Range(0, texts.Length).GroupBy(place => groups[place], StringComparer.Ordinal).ToList();
            var leaders = members.ConvertAll(group => group.MinBy(place => texts[place], StringComparer.Ordinal));

            Assert.True(members.Exists(group => group.Count() > 1), "nothing was near anything");
            Assert.All(members.Zip(leaders), pair => Assert.All(pair.First, place => Assert.True(
                Jaccard(texts[place], texts[pair.Second]) >= 0.6 - 1e-12, texts[place] + " | " + texts[pair.Second])));
            for (var a = 0; a < leaders.Count; a++)
            {
                for (var b = a + 1; b < leaders.Count; b++)
                {
                    Assert.True(Jaccard(texts[leaders[a]], texts[leaders[b]]) < 0.6, texts[leaders[a]] + " | " + texts[leaders[b]]);
                }
            }
        }
    }

    [Fact]
    public void Neither_order_nor_copies_change_a_group_or_its_name()
    {
        var texts = RandomTexts(300, 7);
        var groups = NearDuplicates.Of(texts);
        var places = Enumerable.Range(0, texts.Length).Concat(Enumerable.Range(0, 50)).ToArray();
        new RandomStream(7, "order").Shuffle(places);

        Assert.Equal(places.Select(place => groups[place]), NearDuplicates.Of([.. places.Select(place => texts[place])]));
    }

    [Fact]
    public void A_name_comes_from_the_first_member_alone()
    {
        // printf 'bake pies' | sha256sum | cut -c -12
        Assert.Equal("ea7d127623eb", NearDuplicates.Of(["Bake pies."])[0]);
        Assert.Empty(NearDuplicates.Of([]));
    }

    [Fact]
    public void A_hundred_thousand_prompts_are_grouped()
    {
        string[] texts = [.. new EmbeddedWorld(1).AttackPrompts(DatasetSplit.Train, 50_000, "near").Select(prompt => prompt.Text),
            .. RandomTexts(50_000, 11)];
        var watch = Stopwatch.StartNew();
        var groups = NearDuplicates.Of(texts);

        Assert.InRange(groups.Distinct(StringComparer.Ordinal).Count(), 2, texts.Length - 1);
        output.WriteLine($"{texts.Length:N0} prompts in {watch.Elapsed.TotalSeconds:0.00} s");
    }

    // A text of the vocabulary, or an earlier one with a word changed.
    private static string[] RandomTexts(int count, int index)
    {
        var random = new RandomStream(6, "texts", index);
        var texts = new List<string>(count);
        while (texts.Count < count)
        {
            if (texts.Count < 3 || random.Chance(0.4))
            {
                texts.Add(string.Join(' ', Enumerable.Range(0, 1 + random.Next(14)).Select(_ => random.Pick(s_words))));
                continue;
            }

            var changed = random.Pick(texts).Split(' ');
            changed[random.Next(changed.Length)] = random.Pick(s_words);
            texts.Add(string.Join(' ', changed));
        }

        return [.. texts];
    }

    private static double Jaccard(string first, string second)
    {
        var (a, b) = (Triples(first), Triples(second));
        return (double)a.Intersect(b).Count() / a.Union(b).Count();
    }

    private static HashSet<string> Triples(string text)
    {
        var words = text.Split(' ');
        return words.Length < 3
            ? [text]
            : [.. Enumerable.Range(0, words.Length - 2).Select(start => string.Join(' ', words[start..(start + 3)]))];
    }
}
