using SEAS.Data.Contracts;
using SEAS.Tests.Golden;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;

namespace SEAS.Tests.Engine.Recipes;

public sealed class SettingsTests
{
    [Fact]
    public void Defaults_have_no_problems()
    {
        Assert.Empty(new TrainingSettings().Problems());
        Assert.Empty(new DpoSettings().Problems());
    }

    [Fact]
    public void All_problems_are_reported_at_once_with_setting_range_and_value()
    {
        var settings = new DpoSettings { LearningRate = 0, BatchSize = 0, LabelSmoothing = 0.5, Beta = double.NaN };

        Assert.Equal(
            [
                "LearningRate should be above 0 and below 1 but is 0.",
                "BatchSize should be at least 1 but is 0.",
                "Beta should be above 0 but is NaN.",
                "LabelSmoothing should be from 0 to below 0.5 but is 0.5.",
            ],
            settings.Problems());
    }

    [Fact]
    public void A_share_of_swapped_labels_has_no_meaning_for_ipo() => Assert.Equal(
        ["LabelSmoothing should be 0 with the loss Ipo but is 0.1."],
        new DpoSettings { Loss = PreferenceLoss.Ipo, LabelSmoothing = 0.1 }.Problems());

    [Fact]
    public void A_training_that_cannot_start_says_everything_that_is_wrong()
    {
        using var model = GoldenModel.Build(tied: true, seed: 1);
        var settings = new DpoSettings { Epochs = 0, MaxLength = 4096 };
        PreferenceExample[] pairs = [new([], [1], [2]), new([1], [1, 64], [2]), new([1], [], [2])];

        var refusal = Assert.Throws<TrainingSettingsException>(() => Run(model, pairs, [new SftExample([1], [2], -1)], settings));

        Assert.Equal(
            [
                "Epochs should be at least 1 but is 0.",
                "MaxLength is 4096 tokens, but the model reads at most 32: lower it, or use 0.",
                "Pair 1: its prompt is empty; both answers need at least one token before them.",
                "Pair 2: token id 64 is not in the model's vocabulary of 64; was it tokenized for another model?",
                "Pair 3: an answer is empty; end-of-turn at least should be there.",
                "General row 1: its weight should be above 0 but is -1; leave out what should not count.",
            ],
            refusal.Problems);
        Assert.StartsWith("This training cannot start. 6 things need a change:\n  • Epochs", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_rows_wrong_in_the_same_way_are_summed_up()
    {
        using var model = GoldenModel.Build(tied: true, seed: 1);
        var rows = Enumerable.Repeat(new SftExample([1], []), 100).ToList();

        var refusal = Assert.Throws<TrainingSettingsException>(() =>
            SftRecipe.Run(model, rows, new TrainingSettings(), new RandomStream(1, "test"), _ => { }, CancellationToken.None));

        Assert.Equal(6, refusal.Problems.Count);
        Assert.Equal("… and 95 more like these, of 100.", refusal.Problems[^1]);
    }

    [Fact]
    public void No_examples_at_all_is_a_problem_too()
    {
        using var model = GoldenModel.Build(tied: true, seed: 1);

        var refusal = Assert.Throws<TrainingSettingsException>(() => Run(model, [], [], new DpoSettings()));

        Assert.Equal("There are no pairs: give at least one.", Assert.Single(refusal.Problems));
    }

    private static void Run(
        LlamaModel model, IReadOnlyList<PreferenceExample> pairs, IReadOnlyList<SftExample> general, DpoSettings settings) =>
        DpoRecipe.Run(model, model, pairs, general, settings, new RandomStream(1, "test"), _ => { }, CancellationToken.None);
}
