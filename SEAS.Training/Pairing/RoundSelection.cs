using SEAS.Data.Contracts;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Pairing;

/// <summary>The pairs of one round, chosen from its verdicts. Pure: the same verdicts give the same pairs.</summary>
internal sealed record RoundSelection(IReadOnlyList<PreferencePair> Red, IReadOnlyList<PreferencePair> Target)
{
    /// <summary>Both models' pairs, R's first.</summary>
    public IEnumerable<PreferencePair> All => Red.Concat(Target);

    public static RoundSelection Of(int round, IReadOnlyList<JudgedAttack> attacks, RunPlan plan, Func<AdversarialPrompt, bool> isFluent) =>
        new(RedPairs.Select(round, attacks, plan.RedUpdate, isFluent),
            TargetPairs.Select(round, attacks, plan.TargetUpdate, Order(plan, round)));

    /// <summary>These pairs and others after them, numbered on.</summary>
    public RoundSelection With(IReadOnlyList<PreferencePair> others) => others.Count == 0 ? this : new(
        Numbered(Red.Concat(others.Where(pair => pair.Role == ModelRole.Red))),
        Numbered(Target.Concat(others.Where(pair => pair.Role == ModelRole.Target))));

    /// <summary>The stream that orders a round's pairs of T.</summary>
    public static RandomStream Order(RunPlan plan, int round) => new((ulong)plan.Seed, $"round-{round}/pairs/target");

    private static List<PreferencePair> Numbered(IEnumerable<PreferencePair> pairs) =>
        [.. pairs.Select((pair, index) => pair with { Index = index })];
}
