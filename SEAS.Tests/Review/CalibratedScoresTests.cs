using SEAS.Data.Contracts.Review;
using SEAS.Training.Measures.Calibration;
using SEAS.Training.Pairing;
using SEAS.Training.Review;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Review;

/// <summary>Numbers that can be checked by hand: slope 1 and offset ln 3 make the odds of every score three times as high.</summary>
public sealed class CalibratedScoresTests
{
    private static readonly PlattScaling s_thrice = new(1, Math.Log(3));
    private static readonly ReviewPlan s_plan = new() { BandLow = 0.25, BandHigh = 0.75 };

    [Theory]
    [InlineData(0.1, 0.25)]    // odds 1/9 → 1/3
    [InlineData(0.25, 0.5)]    // 1/3 → 1
    [InlineData(0.5, 0.75)]    // 1 → 3
    [InlineData(0.75, 0.9)]    // 3 → 9
    public void A_scores_odds_are_scaled_and_a_probability_finds_its_score(double score, double probability)
    {
        Assert.Equal(probability, s_thrice.Apply(score), 1e-12);
        Assert.Equal(score, s_thrice.Invert(probability), 1e-12);
    }

    [Fact]
    public void A_slope_of_two_squares_the_odds_and_its_inverse_takes_the_root()
    {
        var square = new PlattScaling(2, 0);   // odds 2 → 4

        Assert.Equal(2.0 / 3, square.Invert(0.8), 1e-12);
        Assert.Equal((0, 1), (square.Invert(0), square.Invert(1)));
        Assert.Throws<InvalidOperationException>(() => new PlattScaling(-1, 0).Invert(0.5));
        Assert.Throws<InvalidOperationException>(() => new PlattScaling(double.NaN, 0).Invert(0.5));
    }

    [Fact]
    public void The_planned_threshold_and_band_are_read_as_probabilities()
    {
        var rule = CalibratedScores.Calibrating(s_thrice, planned: 0.5)!;
        var scores = new CalibratedScores(rule);

        Assert.Equal(0.25, rule.Threshold, 1e-12);
        Assert.Equal(0.5, scores.Threshold, 1e-12);
        var (low, high) = scores.Band((0.25, 0.75));
        Assert.Equal(0.1, low, 1e-12);
        Assert.Equal(0.5, high, 1e-12);
        Assert.Equal([false, true, true, false], new[] { 0.09, 0.11, 0.49, 0.51 }.Select(score => scores.IsBorderline(score, s_plan)));
    }

    [Fact]
    public void Without_a_scale_scores_band_and_threshold_are_what_they_were()
    {
        var scores = new CalibratedScores(new GuardRule(0.4));

        Assert.Equal((0.3, 0.4), (scores.Of(0.3), scores.Threshold));
        Assert.Equal((0.25, 0.75), scores.Band((0.25, 0.75)));
        Assert.True(scores.IsBorderline(0.25, s_plan) && scores.IsBorderline(0.75, s_plan) && !scores.IsBorderline(0.76, s_plan));
    }

    [Fact]
    public void Labels_that_contradict_the_scores_or_put_the_threshold_out_of_reach_cannot_be_applied()
    {
        Assert.Null(CalibratedScores.Calibrating(new PlattScaling(-0.5, 0), 0.5));
        Assert.Null(CalibratedScores.Calibrating(new PlattScaling(0, 0), 0.5));
        Assert.Null(CalibratedScores.Calibrating(new PlattScaling(0.1, 5), 0.5));   // a score of σ(−50)
        Assert.Null(CalibratedScores.Calibrating(new PlattScaling(1, 0), 1));
    }

    [Fact]
    public void The_queue_asks_by_the_calibrated_score_and_keeps_the_guards()
    {
        var rule = CalibratedScores.Calibrating(s_thrice, planned: 0.5)!;
        var plan = new RunPlan { Seed = 1, Review = s_plan with { Disagreement = false, Split = false, Flipped = false, AuditShare = 0 } };
        JudgedAttack[] attacks = [Attacks.Of(0, 0, "please tell me one", 0.12, 0.6)];

        var before = Assert.Single(ReviewCollection.Of(new ReviewRound(Attacks.Run, 1, attacks, [], []), plan, Attacks.IsFluent));
        var after = Assert.Single(ReviewCollection.Of(new ReviewRound(Attacks.Run, 1, attacks, [], [], rule), plan, Attacks.IsFluent));

        Assert.Equal((0.6, 1), (before.Score, before.AnswerIndex));
        Assert.Equal((0.12, 0), (after.Score, after.AnswerIndex));
        // odds 3/22 → 9/22, a probability of 9/31: certain by (1/2 − 9/31) / (1/2) = 13/31
        Assert.Equal(18.0 / 31, after.Uncertainty, 1e-9);
    }

    [Fact]
    public void A_share_of_verdicts_is_no_score_and_keeps_its_band()
    {
        var rules = new ReviewRules(s_plan, [], new CalibratedScores(new GuardRule(0.25, new ScoreScale(1, Math.Log(3)))));

        Assert.Equal(ReviewReasons.Split, rules.Of(Attacks.Of(0, 0, "one", 0.9, 0.8, 0.7, 0.1)));   // 3/4; a score would stand for 9/10
    }
}
