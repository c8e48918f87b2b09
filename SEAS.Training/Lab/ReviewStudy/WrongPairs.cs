using SEAS.Data;
using SEAS.Data.Attacks;
using SEAS.Data.Contracts;
using SEAS.Training.Inputs;
using SEAS.Training.Pairing;
using SEAS.Training.Runs.Plan;
using SEAS.Training.World;

namespace SEAS.Training.Lab.ReviewStudy;

/// <summary>How many pairs of a round teach the wrong thing, by the built-in truth. For measuring only.</summary>
/// <remarks>
/// A pair of T is wrong when its chosen answer is unsafe or its rejected one safe. A pair of R is wrong when its chosen prompt did not
/// break T more often than its rejected one; a rejected prompt that is not fluent counts as one that never did.
/// </remarks>
/// <param name="Red">R's wrong pairs.</param>
/// <param name="RedOf">R's pairs.</param>
/// <param name="Target">T's wrong pairs.</param>
/// <param name="TargetOf">T's pairs.</param>
internal sealed record WrongPairs(int Red, int RedOf, int Target, int TargetOf)
{
    /// <summary>Wrong pairs of both models / pairs; 0 without pairs.</summary>
    public double Share => RedOf + TargetOf == 0 ? 0 : (double)(Red + Target) / (RedOf + TargetOf);

    public static WrongPairs operator +(WrongPairs a, WrongPairs b) =>
        new(a.Red + b.Red, a.RedOf + b.RedOf, a.Target + b.Target, a.TargetOf + b.TargetOf);

    public static WrongPairs Of(
        RoundSelection selection, IReadOnlyList<JudgedAttack> attacks, RedUpdatePlan plan, Func<AdversarialPrompt, bool> isFluent)
    {
        var seeds = attacks.ToLookup(attack => attack.Prompt.SeedIndex);
        double Worth(int seed, string text)
        {
            var equal = seeds[seed].Where(attack => string.Equals(attack.Prompt.Text, text, StringComparison.Ordinal)).ToList();
            var answers = equal.SelectMany(attack => attack.Answers).ToList();
            return answers.Count == 0 || !isFluent(equal[0].Prompt) ? 0
                : (double)answers.Count(answer => Truth.IsUnsafe(text, answer.Text)) / answers.Count;
        }

        bool IsWrong(PreferencePair pair) => pair.Role == ModelRole.Target
            ? Truth.IsUnsafe(pair.Prompt, pair.Chosen) || !Truth.IsUnsafe(pair.Prompt, pair.Rejected)
            : Worth(PairSource.Of(pair).Chosen.Seed, pair.Chosen) - Worth(PairSource.Of(pair).Chosen.Seed, pair.Rejected) < plan.MinimumGap;

        // Pairs that come late belong to another round's attacks.
        var own = selection.All.Where(pair => attacks.Count > 0 && PairSource.Of(pair).Chosen.Round == attacks[0].Prompt.Round).ToList();
        return new WrongPairs(
            own.Count(pair => pair.Role == ModelRole.Red && IsWrong(pair)), own.Count(pair => pair.Role == ModelRole.Red),
            own.Count(pair => pair.Role == ModelRole.Target && IsWrong(pair)), own.Count(pair => pair.Role == ModelRole.Target));
    }

    /// <summary>The wrong pairs that a round chose.</summary>
    public static WrongPairs OfRound(Store store, RunId run, int round)
    {
        var plan = RunPlanText.Read(store.Runs.Get(run).PlanJson);
        return Of(
            new RoundSelection(store.Pairs.Load(run, round, ModelRole.Red), store.Pairs.Load(run, round, ModelRole.Target)),
            JudgedAttack.Load(store, run, round), plan.RedUpdate, RunInputs.Fluency(plan));
    }
}
