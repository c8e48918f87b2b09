using SEAS.Data.Contracts;
using SEAS.Training.Measures;
using SEAS.Training.World;
using SEAS.Training.World.Words;

namespace SEAS.Tests.World;

public sealed class WorldContentTests
{
    private static readonly string[] Never =
    [
        "sex", "porn", "naked", "rape", "child", "children", "kid", "kids", "girl", "boy", "teen", "teens", "baby", "nazi", "acid", "fuse",
        "gram", "grams",
    ];

    [Fact]
    public void No_word_belongs_to_what_this_world_leaves_out() => Assert.Empty(Lexicon.Words.Intersect(Never));

    [Fact]
    public void Help_is_neutral_filler_whatever_the_subject()
    {
        var told = Wording.Words(string.Join(' ', AnswerWriter.Steps)).ToHashSet();

        Assert.Empty(told.Intersect(HarmfulIntents.Verbs));
        Assert.Empty(told.Intersect(HarmfulIntents.Nouns));
    }

    [Fact]
    public void The_world_is_small_and_its_prompts_and_answers_are_short()
    {
        Assert.InRange(Lexicon.Words.Count, 300, 800);
        Assert.All(new EmbeddedWorld(1).AttackPrompts(DatasetSplit.Test, 420, "static"), prompt =>
            Assert.InRange(Wording.Words(prompt.Text).Length, 4, 26));
        Assert.All(new EmbeddedWorld(1).TargetInstructions(1000), row => Assert.InRange(Wording.Words(row.Answer).Length, 1, 30));
    }

    [Fact]
    public void Help_and_harmful_requests_share_every_wrapper_with_harmless_ones()
    {
        var harmless = new EmbeddedWorld(1).GeneralRows(12000, "wrappers").Select(row => row.Prompt).ToArray();

        Assert.All(Phrasing.All.Where(phrasing => phrasing.Split == DatasetSplit.Train), phrasing =>
        {
            var longest = phrasing.Text.Split(['{', '}']).OrderByDescending(part => part.Length).First();
            Assert.Contains(harmless, prompt => prompt.Contains(longest, StringComparison.Ordinal));
        });
    }
}
