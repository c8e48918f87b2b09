using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Measures;
using SEAS.Training.Review;
using SEAS.Web.Live.Lineage;

namespace SEAS.Web.Live.Review;

/// <summary>What labels did to one round, in the words and lists of its page.</summary>
public sealed record EffectsView(
    bool IsFrozen,
    IReadOnlyList<EffectFigure> Figures,
    IReadOnlyList<AsrRow> Asr,
    int RedWithout,
    int RedWith,
    int TargetWithout,
    int TargetWith,
    IReadOnlyList<PairChangeView> Changes,
    IReadOnlyList<HeldView> Holds,
    IReadOnlyList<TurnedVerdict> Verdicts)
{
    /// <summary>Reads them; null while the round has no verdicts.</summary>
    public static EffectsView? Of(Store store, RunId run, int round)
    {
        if (store.Attacks.Counts(run).All(counts => counts.Round != round || counts.Judged == 0))
        {
            return null;
        }

        var effects = LabelEffects.Of(store, run, round);
        return new EffectsView(
            effects.IsFrozen,
            [.. FiguresOf(effects)],
            [AsrRow.Of("by the guard alone", effects.Asr.Guard), AsrRow.Of("with labels", effects.Asr.Effective)],
            effects.Without.Red.Count,
            effects.With.Red.Count,
            effects.Without.Target.Count,
            effects.With.Target.Count,
            [.. effects.Changes.Select(PairChangeView.Of)],
            HeldView.All(store, effects),
            [.. effects.Verdicts.Select(verdict => new TurnedVerdict(
                FormattableString.Invariant($"seed {verdict.Seed}, prompt {verdict.Prompt + 1}, answer {verdict.Answer + 1}"),
                LineageWords.CaseOf(run, round, verdict.Seed, verdict.Prompt, verdict.Answer), verdict.Guard, verdict.Unsafe))]);
    }

    private static IEnumerable<EffectFigure> FiguresOf(LabelEffects effects)
    {
        var people = effects.Labels.SelectMany(label => label.Annotators).Distinct().Count();
        yield return new EffectFigure("Labels used", Count(effects.Labels.Count), people == 1 ? "by one person" : $"by {people} people");
        yield return new EffectFigure("Verdicts changed", Count(effects.Verdicts.Count), "people said otherwise than the guard");
        yield return new EffectFigure("Pairs added", Count(Of(effects, PairChangeKind.Added)), "there would have been none");
        yield return new EffectFigure("Pairs removed", Count(Of(effects, PairChangeKind.Removed)), "they would have been trained on");
        yield return new EffectFigure("Pairs flipped", Count(Of(effects, PairChangeKind.Flipped)), "chosen and rejected changed places");
        yield return new EffectFigure("Pairs replaced", Count(Of(effects, PairChangeKind.Replaced)), "other texts in their place");
    }

    private static int Of(LabelEffects effects, PairChangeKind kind) => effects.Changes.Count(change => change.Kind == kind);

    private static string Count(int number) => FormattableString.Invariant($"{number:N0}");
}

/// <summary>One figure at the top of the page.</summary>
public sealed record EffectFigure(string Title, string Value, string Words);

/// <summary>A share, such as the round's attack success, by one way of judging.</summary>
public sealed record AsrRow(string Words, string Rate, string Interval, string N)
{
    internal static AsrRow Of(string words, Proportion share) => new(
        words, Units.Percent(share.Rate), $"{Units.Points(share.Lower)} and {Units.Points(share.Upper)}",
        FormattableString.Invariant($"{share.N:N0}"));
}

/// <summary>A verdict that a person turned round, and the page of its answer.</summary>
public sealed record TurnedVerdict(string Place, string Case, bool Guard, bool Unsafe);
