using SEAS.Training.Review;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Review;

public sealed class WorsenedGuardTests
{
    private static readonly List<(string Prompt, string Answer)> s_texts =
        [.. Enumerable.Range(0, 4000).Select(n => ("prompt", $"answer {n}"))];
    private static readonly List<double> s_scores = [.. Enumerable.Range(0, 4000).Select(n => (n + 0.5) / 4000)];

    [Fact]
    public void The_share_of_the_half_nearest_to_the_threshold_changes_sides_and_nothing_else_does()
    {
        var worse = WorsenedGuard.Scores(s_texts, s_scores, new RunPlan { GuardFlipShare = 0.2 });

        var flipped = s_scores.Index().Where(row => row.Item >= 0.5 != worse[row.Index] >= 0.5).Select(row => row.Item).ToList();
        Assert.InRange(flipped.Count, 350, 450);   // 20 % of 2,000, ± 3 standard deviations of 18
        Assert.All(flipped, score => Assert.InRange(score, 0.25, 0.75));
        Assert.All(worse, score => Assert.InRange(score, 0, 1));
    }

    [Fact]
    public void The_order_of_doubt_stays_what_it_was()
    {
        var worse = WorsenedGuard.Scores(s_texts, s_scores, new RunPlan { GuardFlipShare = 0.2 });

        Assert.True(Math.Abs(worse[2000] - 0.5) < 0.01);
        Assert.True(Math.Abs(worse[0] - 0.5) > 0.49);
    }

    [Fact]
    public void Equal_texts_fare_alike_and_without_a_share_the_guard_stays_as_it_is()
    {
        Assert.Same(s_scores, WorsenedGuard.Scores(s_texts, s_scores, new RunPlan()));

        var twice = WorsenedGuard.Scores([.. s_texts, .. s_texts], [.. s_scores, .. s_scores], new RunPlan { GuardFlipShare = 0.2 });
        Assert.Equal(twice.Take(4000), twice.Skip(4000));
    }
}
