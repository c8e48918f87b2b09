using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;

namespace SEAS.Tests.Engine.Recipes;

public sealed class BatchPlanTests
{
    private static readonly TrainingSettings s_settings = new() { BatchSize = 3, Accumulation = 2, Epochs = 2 };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_example_comes_once_per_epoch(bool grouped)
    {
        var plan = Plan(20, general: 0, s_settings with { GroupByLength = grouped });

        foreach (var epoch in plan.Steps.GroupBy(step => step.Epoch))
        {
            Assert.Equal(Enumerable.Range(0, 20), epoch.SelectMany(step => step.Examples).Order());
            Assert.Equal(4, epoch.Count());   // 20 examples in steps of 6, the last with 2
        }
    }

    [Fact]
    public void General_rows_are_spread_so_that_no_pass_has_two_more_than_another()
    {
        var plan = Plan(20, general: 10, s_settings);

        foreach (var epoch in plan.Steps.GroupBy(step => step.Epoch))
        {
            var perPass = epoch.SelectMany(step => step.Passes).Select(pass => pass.General.Length).ToList();
            Assert.Equal(Enumerable.Range(0, 10), epoch.SelectMany(step => step.General).Order());
            Assert.InRange(perPass.Max() - perPass.Min(), 0, 1);
        }
    }

    [Fact]
    public void Grouped_batches_hold_examples_of_like_length()
    {
        // Lengths 1 … 600: a random batch of 6 spreads over hundreds, one out of a sorted group of 300 over at most a few dozen.
        var plan = Plan(600, general: 0, s_settings with { Epochs = 1 });

        var spreads = plan.Steps.Select(step => step.Examples.Max() - step.Examples.Min());

        Assert.All(spreads, spread => Assert.InRange(spread, 0, 60));
    }

    [Fact]
    public void Long_batches_do_not_all_come_first()
    {
        var plan = Plan(600, general: 0, s_settings with { Epochs = 1 });

        var longest = plan.Steps.Select(step => step.Examples.Max()).ToList();

        Assert.NotEqual(longest.OrderDescending(), longest);
        Assert.NotEqual(longest.Order(), longest);
    }

    [Fact]
    public void The_same_stream_gives_the_same_plan_and_another_stream_another()
    {
        static string Text(BatchPlan plan) => string.Join(" ", plan.Steps.SelectMany(step => step.Examples.Concat(step.General)));

        Assert.Equal(Text(Plan(50, 20, s_settings, seed: 1)), Text(Plan(50, 20, s_settings, seed: 1)));
        Assert.NotEqual(Text(Plan(50, 20, s_settings, seed: 1)), Text(Plan(50, 20, s_settings, seed: 2)));
    }

    [Fact]
    public void Epochs_differ_in_their_order()
    {
        var plan = Plan(50, general: 0, s_settings);

        var epochs = plan.Steps.GroupBy(step => step.Epoch).Select(epoch => string.Join(" ", epoch.SelectMany(step => step.Examples)));

        Assert.Equal(2, epochs.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Accumulation_only_divides_the_steps_that_a_larger_batch_would_take()
    {
        var accumulated = Plan(20, general: 0, s_settings);
        var large = Plan(20, general: 0, s_settings with { BatchSize = 6, Accumulation = 1 });

        Assert.Equal(Text(large), Text(accumulated));

        static IEnumerable<string> Text(BatchPlan plan) => plan.Steps.Select(step => string.Join(" ", step.Examples));
    }

    [Fact]
    public void Epochs_are_counted_with_a_fraction()
    {
        var plan = Plan(20, general: 0, s_settings);

        Assert.Equal(0.25, plan.EpochsAfter(0));
        Assert.Equal(2, plan.EpochsAfter(7));
    }

    private static BatchPlan Plan(int examples, int general, TrainingSettings settings, ulong seed = 1) =>
        BatchPlan.Create([.. Enumerable.Range(1, examples)], general, settings, new RandomStream(seed, "plan"));
}
