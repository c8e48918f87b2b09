using SEAS.Training.Engine.Recipes;

namespace SEAS.Tests.Engine.Recipes;

public sealed class LearningRateScheduleTests
{
    [Fact]
    public void It_climbs_in_equal_steps_and_falls_along_half_a_cosine()
    {
        // W = 2, T = 6: ½, 1, then ½·(1 + cos(π·k/4)) for k = 0 … 3.
        var schedule = new LearningRateSchedule(new TrainingSettings { LearningRate = 0.1, WarmupSteps = 2 }, steps: 6);

        var shares = Enumerable.Range(0, 6).Select(step => schedule.At(step) / 0.1);

        double[] expected = [0.5, 1, 1, 0.5 * (1 + Math.Sqrt(0.5)), 0.5, 0.5 * (1 - Math.Sqrt(0.5))];
        Assert.Equal(expected, shares, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Without_cosine_it_stays_level()
    {
        var schedule = new LearningRateSchedule(new TrainingSettings { LearningRate = 0.1, Cosine = false }, steps: 3);

        Assert.Equal([0.1, 0.1, 0.1], Enumerable.Range(0, 3).Select(schedule.At));
    }

    [Fact]
    public void A_warm_up_can_be_a_share_of_the_training()
    {
        // A tenth of 20 steps: half at the first, the peak at the second.
        var schedule = new LearningRateSchedule(new TrainingSettings { LearningRate = 1e-3, WarmupRatio = 0.1, Cosine = false }, steps: 20);

        Assert.Equal([0.5e-3, 1e-3, 1e-3], Enumerable.Range(0, 3).Select(schedule.At));
    }

    [Fact]
    public void A_warm_up_longer_than_the_training_reaches_the_peak_at_its_end()
    {
        var schedule = new LearningRateSchedule(new TrainingSettings { LearningRate = 0.1, WarmupSteps = 100 }, steps: 4);

        Assert.Equal(0.1, schedule.At(3));
    }

    [Fact]
    public void The_cosine_ends_on_the_share_asked_for()
    {
        var schedule = new LearningRateSchedule(new TrainingSettings { LearningRate = 1e-3, FinalLearningRateShare = 0.1 }, steps: 100_000);

        Assert.Equal(1e-4, schedule.At(99_999), precision: 9);
    }
}
