using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Measures.Calibration;
using SEAS.Training.Review;
using SEAS.Training.Runs.Plan;

namespace SEAS.Web.Live.Review;

/// <summary>A rule that later rounds could be judged by, with what it would have changed in the newest judged one.</summary>
/// <param name="Aim">What speaks for it, in a few words; also the reason that is recorded unless a person writes another.</param>
/// <param name="Name">What a button calls it.</param>
/// <param name="Now">What is in force.</param>
/// <param name="To">What would be.</param>
/// <param name="Preview">The verdicts that would be others.</param>
/// <param name="Band">The answers that would come to review because the guard is unsure.</param>
public sealed record RuleProposal(string Aim, string Name, GuardRule Now, GuardRule To, VerdictPreview Preview, BandPreview Band)
{
    /// <summary>What the present threshold and the new one achieve on the labels, in [0, 1]; null where that was not the aim.</summary>
    public (double Now, double To)? Value { get; init; }

    /// <summary>The first of the verdicts that would change.</summary>
    public IReadOnlyList<ChangedVerdict> Changes { get; init; } = [];

    /// <summary>Whether it says anything other than what is in force, and can be used.</summary>
    public bool IsNew => To != Now && To.Threshold is > 0 and < 1;

    /// <summary>What it would have changed.</summary>
    /// <param name="aim">What speaks for it.</param>
    /// <param name="name">What a button calls it.</param>
    /// <param name="now">What is in force.</param>
    /// <param name="to">What would be.</param>
    /// <param name="round">The newest judged round.</param>
    internal static RuleProposal Of(string aim, string name, GuardRule now, GuardRule to, PreviewedRound round)
    {
        var scores = round.Verdicts.Select(verdict => verdict.Score).ToList();
        var preview = VerdictPreview.Of(scores, score => score >= now.Threshold, score => score >= to.Threshold);
        var proposal = new RuleProposal(aim, name, now, to, preview, BandPreview.Of(scores, round.Review, now, to));
        return proposal with { Changes = ChangedVerdict.Of(proposal, round.Verdicts, round.Items) };
    }
}

/// <summary>How many answers the guard would be unsure of: their calibrated scores lie in the borderline band.</summary>
/// <param name="Now">By the rule in force.</param>
/// <param name="Then">By the new one.</param>
/// <param name="Entering">Those that come in.</param>
/// <param name="Leaving">Those that go out.</param>
public sealed record BandPreview(int Now, int Then, int Entering, int Leaving)
{
    internal static BandPreview Of(IReadOnlyList<double> scores, ReviewPlan plan, GuardRule now, GuardRule to)
    {
        var (before, after) = (new CalibratedScores(now), new CalibratedScores(to));
        var moved = VerdictPreview.Of(scores, score => before.IsBorderline(score, plan), score => after.IsBorderline(score, plan));
        var inside = scores.Count(score => before.IsBorderline(score, plan));
        return new BandPreview(inside, inside + moved.ToUnsafe.Count - moved.ToSafe.Count, moved.ToUnsafe.Count, moved.ToSafe.Count);
    }
}

/// <summary>What a preview looks at.</summary>
/// <param name="Verdicts">The newest judged round's.</param>
/// <param name="Items">All that came to review.</param>
/// <param name="Review">The plan's band.</param>
internal sealed record PreviewedRound(IReadOnlyList<Verdict> Verdicts, IReadOnlyCollection<ReviewItem> Items, ReviewPlan Review);
