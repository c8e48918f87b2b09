using SEAS.Training.Runs.Stages;
using SEAS.Web.Live.Review;

namespace SEAS.Web.Live;

/// <summary>One of the figures at the top of a run's page.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Value">The figure with its unit.</param>
/// <param name="Change">Points since T0; null where there is nothing to compare with.</param>
/// <param name="IsClear">The former figure lies outside the new one's interval: more than chance.</param>
/// <param name="LessIsBetter">Which way is good.</param>
/// <param name="Details">What a reader needs to trust it: interval, n, truth.</param>
/// <param name="Sentence">What it means.</param>
public sealed record Headline(string Title, string Value, double? Change, bool IsClear, bool LessIsBetter, string Details, string Sentence)
{
    /// <summary>Up, down or neither, at the precision shown.</summary>
    public int Direction => Change is { } change ? Math.Sign(Math.Round(100 * change, 1, MidpointRounding.AwayFromZero)) : 0;

    /// <summary>good, bad, or nothing while it could be chance.</summary>
    public string Look => !IsClear || Direction == 0 ? "" : LessIsBetter == Direction < 0 ? "good" : "bad";
}

/// <summary>The four headline figures of the newest evaluation.</summary>
public static class Headlines
{
    /// <summary>Reads them from what was measured.</summary>
    /// <param name="view">The run.</param>
    /// <param name="byLabels">What people say of the newest target's refusals; null where nothing was read.</param>
    public static IReadOnlyList<Headline> Of(RunView view, OverRefusalView? byLabels = null)
    {
        if (view.Evaluations.IsEmpty)
        {
            return [];
        }

        var first = view.Evaluations.GetValueOrDefault(0);
        var newest = view.Evaluations.Values.Last();
        var since = newest.Iteration > 0 ? first : null;
        return [HeldOut(newest, since), SameRound(newest, since), OverRefusal(newest, since, byLabels), Usefulness(newest, since)];
    }

    private static Headline HeldOut(EvaluationView newest, EvaluationView? first)
    {
        const string Title = "Attack success, held-out prompts";
        if (newest.Static is not { Asr: var asr } measured)
        {
            return NotMeasured(Title, "The run holds no prompts out of its attacks: five seeds or more leave some.");
        }

        return new Headline(
            Title,
            Units.Percent(asr.Rate),
            asr.Rate - first?.Static?.Asr.Rate,
            IsClear(asr, first?.Static?.Asr),
            LessIsBetter: true,
            Interval(asr) + Truth(measured.TrueAsr),
            first is null
                ? "How often T0 gives in before anything was hardened."
                : FormattableString.Invariant($"T{newest.Iteration} against prompts that neither model trained on."));
    }

    private static Headline SameRound(EvaluationView newest, EvaluationView? first)
    {
        const string title = "Attack success, same round";
        var own = SameRoundCell(newest);
        var before = first is null ? null : SameRoundCell(first)?.Asr;
        return own is null
            ? new Headline(title, Units.None, null, IsClear: false, LessIsBetter: true, "", "Not measured in this round.")
            : new Headline(
                title,
                Units.Percent(own.Asr.Rate),
                own.Asr.Rate - before?.Rate,
                IsClear(own.Asr, before),
                LessIsBetter: true,
                Interval(own.Asr) + Truth(own.TrueAsr),
                own.Red == 0
                    ? "R0 against T0, before either has learnt from the other."
                    : FormattableString.Invariant($"R{own.Red} against T{own.Target}: the attacker learns too, so it falls more slowly."));
    }

    private static Headline OverRefusal(EvaluationView newest, EvaluationView? first, OverRefusalView? byLabels)
    {
        const string Title = "Refuses harmless prompts";
        if (newest.OverRefusal is not { Refused: var refused } measured)
        {
            return NotMeasured(Title, "The run has no harmless prompts of its own: name an evaluation set with safe rows, such as XSTest.");
        }

        var helped = measured.Helped is { } share ? $" · helped correctly {Units.Percent(share.Rate)}" : "";
        return new Headline(
            Title, Units.Percent(refused.Rate), refused.Rate - first?.OverRefusal?.Refused.Rate,
            IsClear(refused, first?.OverRefusal?.Refused), LessIsBetter: true,
            Interval(refused) + helped + (byLabels?.Target == newest.Iteration ? byLabels.Beside : ""),
            "Innocent requests that only sound dangerous. Hardening must not raise this.");
    }

    private static Headline Usefulness(EvaluationView newest, EvaluationView? first)
    {
        const string Title = "Still useful";
        if (newest.Usefulness is not { Correct: var correct })
        {
            return NotMeasured(Title, "The run has no tasks whose answers a rule can check.");
        }

        return new Headline(
            Title, Units.Percent(correct.Rate), correct.Rate - first?.Usefulness?.Correct.Rate,
            IsClear(correct, first?.Usefulness?.Correct), LessIsBetter: false,
            Interval(correct), "Plain tasks solved, checked by rule. Hardening must not lower this.");
    }

    private static Headline NotMeasured(string title, string sentence) =>
        new(title, "not measured", null, IsClear: false, LessIsBetter: true, "", sentence);

    private static CellView? SameRoundCell(EvaluationView evaluation) =>
        evaluation.Cells?.FirstOrDefault(cell => cell.Red == evaluation.Iteration && cell.Target == evaluation.Iteration);

    private static bool IsClear(ShareView now, ShareView? before) =>
        before is not null && (before.Rate < now.Lower || before.Rate > now.Upper);

    private static string Interval(ShareView share) => FormattableString.Invariant(
        $"95\u202f% between {Units.Points(share.Lower)} and {Units.Points(share.Upper)} · n\u202f{share.N}");

    private static string Truth(ShareView? truth) => truth is null ? "" : $" · by truth {Units.Percent(truth.Rate)}";
}
