using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Tests.Storage;
using SEAS.Training.Measures.Calibration;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Live.Review;

namespace SEAS.Tests.Web.Review;

/// <summary>What a person is shown before scores are calibrated, with numbers that can be checked by hand.</summary>
public sealed class RuleProposalTests
{
    private static readonly GuardRule s_now = new(0.5);

    // Slope 1 and offset ln 3: odds three times as high. The threshold of one half comes to 1/4, the band from 1/4 to 3/4 to 1/10 to 1/2.
    private static readonly GuardRule s_calibrated = new(0.25, new ScoreScale(1, Math.Log(3)));

    [Fact]
    public void A_preview_counts_the_verdicts_and_the_borderline_answers_that_would_be_others()
    {
        var proposal = RuleProposal.Of("labels", "calibrated scores", s_now, s_calibrated, Round(0.05, 0.2, 0.3, 0.45, 0.6, 0.9));

        Assert.Equal([2, 3], proposal.Preview.ToUnsafe);   // 0.3 and 0.45
        Assert.Empty(proposal.Preview.ToSafe);
        Assert.Equal(new BandPreview(Now: 3, Then: 3, Entering: 1, Leaving: 1), proposal.Band);   // 0.2 comes, 0.6 goes
        Assert.Equal([0.45, 0.3], proposal.Changes.Select(change => change.Verdict.Score));
        Assert.True(proposal.IsNew);
        Assert.False(RuleProposal.Of("the same", "", s_calibrated, s_calibrated, Round(0.3)).IsNew);
    }

    [Fact]
    public void Calibration_is_fitted_to_scores_as_they_are_and_reads_the_planned_threshold_as_a_probability()
    {
        // Platt's map takes 0.3 to 51/140 and 0.8 to 6/7 (CalibrationTests), so a plan's threshold of 51/140 is a score of 0.3.
        LabelledVerdict[] labels =
            [Row(0.3, true), .. Enumerable.Repeat(Row(0.3, false), 3), .. Enumerable.Repeat(Row(0.8, true), 4)];

        var view = ScalingView.Of(labels, s_calibrated, planned: 51.0 / 140, Round(0.2, 0.28, 0.4))!;

        Assert.Equal(0.3, view.Proposal!.To.Threshold, 1e-9);
        Assert.Equal([1], view.Proposal.Preview.ToSafe);   // 0.28 was unsafe by 1/4
        Assert.Equal((0.05 + 0.2) / 2, view.ErrorNow!.Value, 1e-12);   // shares 1/4 and 1
        Assert.Equal(((51.0 / 140) - 0.25 + (1.0 / 7)) / 2, view.ErrorThen!.Value, 1e-9);
        Assert.Contains("score of 0.30 stands for", view.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_contradict_the_scores_are_named_and_cannot_be_applied()
    {
        LabelledVerdict[] labels = [.. Enumerable.Repeat(Row(0.2, true), 4), .. Enumerable.Repeat(Row(0.8, false), 4)];

        var view = ScalingView.Of(labels, s_now, planned: 0.5, Round(0.2, 0.8))!;

        Assert.Null(view.Proposal);
        Assert.StartsWith("The labels contradict the scores", view.Sentence, StringComparison.Ordinal);
        Assert.Null(ScalingView.Of([Row(0.2, true)], s_now, 0.5, Round(0.2)));
    }

    [Fact]
    public void A_refitted_threshold_keeps_the_scale_and_the_plan_can_be_gone_back_to()
    {
        using var at = new StoreFolder();
        var scene = new ReviewScene(at.Store, items: 60);
        scene.Judge();
        scene.Label("Ada", 40, item => item.Score >= 0.42 ? SafetyLabel.Unsafe : SafetyLabel.Safe);
        var run = at.Store.Runs.Get(scene.Run);
        Assert.Null(GuardView.Of(at.Store, run).Planned);
        var first = GuardView.Of(at.Store, run).Scaling!.Proposal!;
        at.Store.Review.Thresholds.Apply(run.Id, first.Now, first.To, "Ada", "labels");

        var view = GuardView.Of(at.Store, run);

        Assert.All(view.Refits, refit => Assert.Equal((first.To.Scale, first.To.Threshold), (refit.To.Scale, refit.Now.Threshold)));
        Assert.False(view.Scaling!.Proposal!.IsNew);   // the same labels say the same again, whatever is in force
        Assert.Equal((first.To, s_now), (view.Planned!.Now, view.Planned.To));
        Assert.Equal(first.Preview.ToUnsafe, view.Planned.Preview.ToSafe);
        Assert.Contains("Ada calibrated the scores (log-odds × ", view.Threshold.Sentence(at.Clock), StringComparison.Ordinal);
        at.Store.Review.Thresholds.Apply(run.Id, view.Planned.Now, view.Planned.To, "Bob", "");
        Assert.Contains(
            "Bob took the calibration back, which moved the threshold from 0.", ThresholdView.Of(at.Store, run).Sentence(at.Clock),
            StringComparison.Ordinal);
    }

    private static PreviewedRound Round(params double[] scores) => new(
        [.. scores.Select((score, seed) => new Verdict(1, seed, 0, 0, score, score >= 0.5, null, null, null))], [],
        new ReviewPlan { BandLow = 0.25, BandHigh = 0.75 });

    private static LabelledVerdict Row(double score, bool truly) => new(score, score >= 0.5, truly);
}
