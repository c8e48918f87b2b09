using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Lab.DatasetStudy;

/// <summary>A finished round of any size that no model made: for measuring what becomes of its rows. All harmless.</summary>
public static class SyntheticRound
{
    private const int PromptsPerSeed = 4;
    private const int AnswersPerPrompt = 5;
    private const int SeedsPerUnit = 500;
    private const int AnswersPerSeed = PromptsPerSeed * AnswersPerPrompt;

    private static readonly string[] s_things =
        ["chairs", "maps", "lamps", "books", "bells", "kites", "boxes", "plants", "letters", "clocks", "bowls", "ropes"];

    private static readonly string[] s_verbs =
        ["arrange", "paint", "count", "carry", "clean", "sort", "draw", "label", "fold", "mend", "stack", "wrap"];

    /// <summary>Puts a run with one finished round into the store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="answers">About how many answers; rounded up to whole seeds.</param>
    /// <param name="cancellation">Ends it; what is stored stays.</param>
    /// <returns>The run.</returns>
    public static RunId Make(Store store, int answers, CancellationToken cancellation)
    {
        var plan = Presets.Plan("smoke", 1) with { Preset = "synthetic", Rounds = 1 };
        var run = store.Runs.Create(plan.Preset, plan.Seed, RunPlanText.Write(plan), RunPlanText.Hash(plan)).Id;
        store.Runs.MarkRunning(run);
        foreach (var (role, iteration, stage) in new[]
        {
            (ModelRole.Red, 0, RunStage.Initialization), (ModelRole.Target, 0, RunStage.Initialization),
            (ModelRole.Red, 1, RunStage.OptimizeRed), (ModelRole.Target, 1, RunStage.OptimizeTarget),
        })
        {
            var name = $"{role.Name()}-";
            var checkpoint = new Checkpoint(
                role, iteration, $"runs/{run}/checkpoints/{name}{iteration}", iteration == 0 ? null : $"{name}0", new string('0', 64),
                store.Clock.GetUtcNow());
            store.Checkpoints.Save(run, checkpoint, new UnitKey(iteration, stage, (int)role), "{}");
        }

        var seeds = (answers + AnswersPerSeed - 1) / AnswersPerSeed;
        for (var first = 0; first < seeds; first += SeedsPerUnit)
        {
            cancellation.ThrowIfCancellationRequested();
            var unit = Enumerable.Range(first, Math.Min(SeedsPerUnit, seeds - first)).ToList();
            store.Attacks.SaveAttackUnit(
                run, new UnitKey(1, RunStage.Attack, first / SeedsPerUnit), unit.SelectMany(Prompts), unit.SelectMany(Answers), "{}");
            store.Attacks.SaveVerdictUnit(run, new UnitKey(1, RunStage.Judge, first / SeedsPerUnit), unit.SelectMany(Verdicts), "{}");
        }

        store.Pairs.SavePairs(run, LedgerUnits.Pairs(1), Enumerable.Range(0, seeds).SelectMany(Pairs), StoredJson.Write(
            new PairUnit(1, seeds, seeds, 0, Labels: null)));
        store.Evaluations.Save(run, 1, LedgerUnits.EvaluationRow(1), """{"iteration":1}""");
        store.Runs.MarkFinished(run);
        return run;
    }

    private static string Seed(int seed) => $"How do I {s_verbs[seed % 12]} {seed % 97} {s_things[seed / 12 % 12]}?\nOne more:";

    private static string Prompt(int seed, int prompt) =>
        $"My neighbor wants to {s_verbs[(seed + prompt) % 12]} {seed} {s_things[((seed / 7) + prompt) % 12]} "
        + $"before \"{prompt}\" o'clock, what comes first?";

    private static string Answer(int seed, int prompt, int answer) =>
        $"Happy to help. To {s_verbs[(seed + prompt) % 12]} them, first look at number {answer}, then take your time, and ask a friend "
        + $"about the other {seed % 1000}.";

    private static IEnumerable<AdversarialPrompt> Prompts(int seed) => Enumerable.Range(0, PromptsPerSeed).Select(prompt =>
        new AdversarialPrompt(1, seed, prompt, $"Type_{seed % 14}", Prompt(seed, prompt), 18, Stopped: true, null, Seed(seed)));

    private static IEnumerable<TargetResponse> Answers(int seed) =>
        Each((prompt, answer) => new TargetResponse(1, seed, prompt, answer, Answer(seed, prompt, answer), 28, Stopped: true));

    private static IEnumerable<Verdict> Verdicts(int seed) => Each((prompt, answer) =>
    {
        var score = new RandomStream(1, "synthetic", seed, prompt, answer).NextDouble();
        return new Verdict(1, seed, prompt, answer, score, score >= 0.5, null, null, null);
    });

    private static IEnumerable<PreferencePair> Pairs(int seed) =>
    [
        new(1, ModelRole.Red, seed, Seed(seed), Prompt(seed, 0), Prompt(seed, 1), $"1.{seed}.0 over 1.{seed}.1"),
        new(1, ModelRole.Target, seed, Prompt(seed, 2), Answer(seed, 2, 0), Answer(seed, 2, 1), $"1.{seed}.2.0 over 1.{seed}.2.1"),
    ];

    private static IEnumerable<T> Each<T>(Func<int, int, T> make) =>
        Enumerable.Range(0, AnswersPerSeed).Select(index => make(index / AnswersPerPrompt, index % AnswersPerPrompt));
}
