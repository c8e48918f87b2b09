using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Measures.Calibration;
using SEAS.Training.Review;
using SEAS.Training.Runs.Plan;

namespace SEAS.Web.Live.Review;

/// <summary>How good the guard is, by people's labels, and what another threshold or calibrated scores would change.</summary>
/// <param name="Quality">From the random audit share alone: what the queue prefers is what the guard finds hard.</param>
/// <param name="Calibration">How far its scores are from the shares that they claim, by the audit share.</param>
/// <param name="Labelled">Answers with a score and a label, from all reasons.</param>
/// <param name="Fit">Which labels the refits below were made from.</param>
/// <param name="Refits">Thresholds that labels speak for, with what they would change.</param>
/// <param name="Scaling">The guard's scores made into probabilities; null where labels do not suffice.</param>
/// <param name="Scores">Answers of the newest judged round: what the previews look at.</param>
public sealed record GuardView(
    GuardQuality Quality,
    CalibrationError Calibration,
    int Labelled,
    GuardFit Fit,
    IReadOnlyList<RuleProposal> Refits,
    ScalingView? Scaling,
    int Scores)
{
    // Below this many an estimate from the audit share alone says little.
    private const int EnoughAudited = 30;

    /// <summary>What is in force, and for which rounds.</summary>
    public ThresholdView Threshold { get; init; } = new(new GuardRule(0.5), null, null, null);

    /// <summary>Going back to the plan's threshold and to scores as they are; null while that is in force.</summary>
    public RuleProposal? Planned { get; init; }

    /// <summary>Everything that could be put in force and would change something.</summary>
    public IEnumerable<RuleProposal> Proposals =>
        Refits.Concat(new[] { Scaling?.Proposal, Planned }.OfType<RuleProposal>()).Where(proposal => proposal.IsNew);

    /// <summary>Reads labels and verdicts.</summary>
    public static GuardView Of(Store store, Run run)
    {
        var present = ThresholdView.Of(store, run);
        var items = store.Review.Items.OfRun(run.Id).ToDictionary(item => item.Key);
        var labelled = Rows(store, run.Id, items);
        var unbiased = Unbiased(run, items.Values);
        var audited = labelled.Where(row => unbiased.Contains(row.Item.Key)).Select(row => row.Verdict).ToList();
        var fit = audited.Count >= EnoughAudited ? GuardFit.Audit : GuardFit.Everything;
        var basis = fit == GuardFit.Audit ? audited : labelled.ConvertAll(row => row.Verdict);
        var plan = RunPlanText.ReadKnown(run.PlanJson);
        var round = new PreviewedRound(
            NewestVerdicts(store, run.Id, items.Values), items.Values, new ReviewPlan { BandLow = plan.Review.BandLow, BandHigh = plan.Review.BandHigh });
        return new GuardView(
            GuardQuality.Of(audited),
            CalibrationError.Of(audited),
            labelled.Count,
            fit,
            [.. Enum.GetValues<ThresholdAim>().Select(aim => ThresholdRefit.Of(basis, present.InForce, aim)).OfType<ThresholdRefit>()
                .Select(refit => Refitted(refit, present.Rule, round))],
            ScalingView.Of(basis, present.Rule, plan.GuardThreshold, round),
            round.Verdicts.Count)
        {
            Threshold = present,
            Planned = present.Newest is null ? null : RuleProposal.Of(
                "back to the plan", $"the plan's {ThresholdView.Text(plan.GuardThreshold)}", present.Rule, new GuardRule(plan.GuardThreshold), round),
        };
    }

    // A threshold that is refitted leaves scores what they stand for.
    private static RuleProposal Refitted(ThresholdRefit refit, GuardRule now, PreviewedRound round) => RuleProposal.Of(
        refit.Aim == ThresholdAim.F1 ? "best by F1" : "best by balanced accuracy", ThresholdView.Text(refit.Threshold), now,
        now with { Threshold = refit.Threshold }, round) with
    {
        Value = (refit.PresentValue, refit.Value),
    };

    private static List<(ReviewItem Item, LabelledVerdict Verdict)> Rows(Store store, RunId run, Dictionary<long, ReviewItem> items)
    {
        var rounds = items.Values.Where(item => item.Source == ReviewSource.Attack).Select(item => item.Round).Distinct();
        var rows = new List<(ReviewItem, LabelledVerdict)>();
        foreach (var label in rounds.SelectMany(round => store.Review.Decisions.Effective(run, round)))
        {
            if (label is { AnswerIndex: >= 0, Unsafe: { } truly }
                && items.GetValueOrDefault(label.Item) is { Score: { } score, Unsafe: { } called } item)
            {
                rows.Add((item, new LabelledVerdict(score, called, truly)));
            }
        }

        return rows;
    }

    // Of the random share only what no open place comes before: interesting items are labelled early.
    private static HashSet<long> Unbiased(Run run, IEnumerable<ReviewItem> items)
    {
        var plan = RunPlanText.Read(run.PlanJson);
        return [.. items
            .Where(item => item is { Source: ReviewSource.Attack, Kind: ReviewKind.Answer } && item.Reasons.HasFlag(ReviewReasons.Audit))
            .GroupBy(item => item.Round)
            .SelectMany(round => AuditShare.Unbiased(
                round,
                item => AuditShare.Place(plan, item.Round, item.SeedIndex, item.PromptIndex, item.AnswerIndex),
                item => item.State is ReviewState.Agreed or ReviewState.Gold or ReviewState.Discarded))
            .Select(item => item.Key)];
    }

    private static IReadOnlyList<Verdict> NewestVerdicts(Store store, RunId run, IEnumerable<ReviewItem> items)
    {
        var newest = items.Where(item => item.Source == ReviewSource.Attack).Select(item => item.Round).DefaultIfEmpty().Max();
        return newest == 0 ? [] : store.Attacks.Verdicts(run, newest);
    }
}

/// <summary>Which labels a threshold was refitted from.</summary>
public enum GuardFit
{
    /// <summary>The random share: tells of all answers.</summary>
    Audit,

    /// <summary>All labels, because the random share is small: tells mostly of doubtful answers.</summary>
    Everything,
}
