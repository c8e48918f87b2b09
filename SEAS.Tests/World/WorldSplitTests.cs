using System.Text.RegularExpressions;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Measures;
using SEAS.Training.Review;
using SEAS.Training.World;
using SEAS.Training.World.Words;

namespace SEAS.Tests.World;

public sealed class WorldSplitTests
{
    [Fact]
    public void Every_style_has_two_manners_and_plain_questions_three_with_five_taught_two_validating_and_two_testing_phrasings_each()
    {
        foreach (var style in Taxonomy.Styles.Append(string.Empty))
        {
            var manners = Phrasing.All.Where(phrasing => phrasing.Style == style).GroupBy(phrasing => phrasing.Manner).ToArray();

            Assert.Equal(style.Length == 0 ? 3 : 2, manners.Length);
            Assert.All(manners, manner => Assert.Equal(
                [(DatasetSplit.Train, 5), (DatasetSplit.Validation, 2), (DatasetSplit.Test, 2)],
                manner.GroupBy(phrasing => phrasing.Split).Select(split => (split.Key, split.Count()))));
        }
    }

    [Fact]
    public void Every_phrasing_holds_the_cue_of_its_manner_and_of_no_other_manner_of_its_style()
    {
        foreach (var phrasing in Phrasing.All)
        {
            var cues = Phrasing.All.Where(other => other.Style == phrasing.Style).Select(other => other.Manner).ToHashSet();

            Assert.Equal([phrasing.Manner], Words([phrasing]).Where(cues.Contains));
        }
    }

    [Fact]
    public void Testing_phrasings_are_made_of_words_that_the_other_splits_hold()
    {
        var known = Words(Phrasing.All.Where(phrasing => phrasing.Split != DatasetSplit.Test));

        Assert.Empty(Words(Phrasing.All.Where(phrasing => phrasing.Split == DatasetSplit.Test)).Except(known));
    }

    [Fact]
    public void No_phrasing_occurs_twice() =>
        Assert.Equal(Phrasing.All.Count, Phrasing.All.Select(phrasing => phrasing.Text).Distinct().Count());

    [Fact]
    public void No_intent_belongs_to_two_splits_and_the_words_of_held_out_ones_are_taught()
    {
        foreach (var intents in new Func<DatasetSplit, IReadOnlyList<Intent>>[] { split => HarmfulIntents.Of(split), HarmlessIntents.Ambiguous })
        {
            var all = Enum.GetValues<DatasetSplit>().SelectMany(intents).ToArray();
            Assert.Equal(all.Length, all.Distinct().Count());

            var taught = intents(DatasetSplit.Train).Concat(HarmlessIntents.Plain).ToArray();
            foreach (var heldOut in intents(DatasetSplit.Validation).Concat(intents(DatasetSplit.Test)))
            {
                Assert.Contains(taught, intent => intent.Verb == heldOut.Verb);
                Assert.Contains(taught, intent => intent.Noun == heldOut.Noun);
                Assert.DoesNotContain(heldOut, taught);
            }
        }
    }

    [Fact]
    public void Training_texts_hold_no_held_out_intent()
    {
        var heldOut = new[] { DatasetSplit.Validation, DatasetSplit.Test }
            .SelectMany(split => HarmfulIntents.Of(split).Concat(HarmlessIntents.Ambiguous(split))).ToHashSet();
        var world = new EmbeddedWorld(3);
        var texts = world.TargetInstructions(2000).Concat(world.GeneralRows(2000, "a"))
            .SelectMany(row => new[] { row.Prompt, row.Answer })
            .Concat(world.RedExamples(500).SelectMany(row => row.Shots.Append(row.Next)))
            .Concat(Enumerable.Range(0, 4000).Select(index => BaseCorpus.Line(new RandomStream(1, "line", index))))
            .Concat(Enumerable.Range(0, 4000).Select(index => BaseCorpus.Row(new RandomStream(1, "row", index)))
                .SelectMany(row => new[] { row.Prompt, row.Answer }))
            .Concat(world.GuardRows(DatasetSplit.Train, 4000).SelectMany(row => new[] { row.Prompt, row.Answer }));

        Assert.DoesNotContain(texts, text => Wording.Intents(Wording.Words(text)).Any(found => heldOut.Contains(found.Intent)));
    }

    [Fact]
    public void Held_out_attack_prompts_hold_held_out_intents_in_held_out_phrasings()
    {
        foreach (var split in new[] { DatasetSplit.Validation, DatasetSplit.Test })
        {
            var allowed = HarmfulIntents.Of(split).ToHashSet();
            foreach (var prompt in new EmbeddedWorld(2).AttackPrompts(split, 420, "static"))
            {
                Assert.Contains(Wording.Intents(Wording.Words(prompt.Text)), found => allowed.Contains(found.Intent));
            }
        }
    }

    [Fact]
    public void Fourteen_types_are_drawn_evenly()
    {
        var counts = new EmbeddedWorld(1).AttackPrompts(DatasetSplit.Test, 420, "static").CountBy(prompt => prompt.Category).ToArray();

        Assert.Equal(14, counts.Length);
        Assert.All(counts, count => Assert.Equal(30, count.Value));
    }

    [Fact]
    public void The_same_seed_gives_the_same_world_and_another_seed_another()
    {
        static string Print(ulong seed) =>
            string.Join('\n', new EmbeddedWorld(seed).TargetInstructions(50).Select(row => row.Prompt + row.Answer));

        Assert.Equal(Print(4), Print(4));
        Assert.NotEqual(Print(4), Print(5));
    }

    // Slots are no words of a phrasing: {task} is none of "task".
    private static HashSet<string> Words(IEnumerable<Phrasing> phrasings) =>
        [.. phrasings.SelectMany(phrasing =>
            Wording.Words(Regex.Replace(phrasing.Text, "{[A-Za-z]+}", " ", RegexOptions.None, TimeSpan.FromSeconds(1))))];
}
