using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Pairing;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Review;

/// <summary>Pairs of earlier rounds that labels gave after their round had chosen: the next round learns from them.</summary>
/// <remarks>What a model was already tuned on is not given again, and a pair that no label speaks of is not late.</remarks>
internal static class LatePairs
{
    public static List<PreferencePair> Of(
        Store store, RunId run, RunPlan plan, Func<AdversarialPrompt, bool> isFluent, EffectiveLabelIndex book, int round)
    {
        var known = new HashSet<(ModelRole, string, string, string)>();
        for (var before = 1; before < round; before++)
        {
            known.UnionWith(store.Pairs.Load(run, before, ModelRole.Red).Select(Content));
            known.UnionWith(store.Pairs.Load(run, before, ModelRole.Target).Select(Content));
        }

        var late = new List<PreferencePair>();
        foreach (var before in book.All.Select(label => label.Round).Distinct().Where(labelled => labelled < round).Order())
        {
            var attacks = JudgedAttack.Load(store, run, before);
            known.UnionWith(RoundSelection.Of(before, attacks, plan, isFluent).All.Select(Content));
            late.AddRange(RoundSelection.Of(before, book.Apply(attacks), plan, isFluent).All
                .Where(pair => book.Concerns(pair) && known.Add(Content(pair))).Select(pair => pair with { Round = round }));
        }

        return late;
    }

    /// <summary>The pairs of the rounds before, where the plan wants all rounds' pairs learned: each once, the earliest first.</summary>
    /// <param name="store">The store that holds the run.</param>
    /// <param name="run">The run.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="round">The round that learns them again.</param>
    public static List<PreferencePair> Accumulated(Store store, RunId run, RunPlan plan, int round)
    {
        ModelRole[] roles =
        [
            .. plan.RedUpdate.Accumulate ? [ModelRole.Red] : Array.Empty<ModelRole>(),
            .. plan.TargetUpdate.Accumulate ? [ModelRole.Target] : Array.Empty<ModelRole>(),
        ];
        return [.. roles.SelectMany(role => Enumerable.Range(1, round - 1).SelectMany(before => store.Pairs.Load(run, before, role)))
            .DistinctBy(Content).Select(pair => pair with { Round = round })];
    }

    private static (ModelRole, string, string, string) Content(PreferencePair pair) =>
        (pair.Role, pair.Prompt, pair.Chosen, pair.Rejected);
}
