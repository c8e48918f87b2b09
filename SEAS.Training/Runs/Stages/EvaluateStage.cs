using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Guards;
using SEAS.Training.Measures;
using SEAS.Training.Measures.Variety;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Text.Chat;

namespace SEAS.Training.Runs.Stages;

/// <summary>Measures one iteration: static ASR, over-refusal, usefulness, diversity, and the new cells of the R×T matrix.</summary>
/// <remarks>Each measure is a unit of work of its own. Truth is measured here and used nowhere else.</remarks>
internal sealed class EvaluateStage(LoopContext context, IGuard guard, int iteration)
{
    private static readonly SamplingSettings s_greedy = new(Temperature: 0, TopP: 1, TopK: 0, MaxNewTokens: 64);

    private EvaluationPlan Plan => context.Plan.Evaluation;

    public static void Run(LoopContext context, RunClock clock, int iteration)
    {
        var cells = Cells(iteration).ToList();
        var sets = new SetMeasurement(context, iteration);
        using var progress = new StageProgress(context, clock, iteration, RunStage.Evaluation, total: 4 + cells.Count + sets.Units);
        using var guard = context.OpenGuard();
        new EvaluateStage(context, guard, iteration).Measure(cells, sets, progress);
        progress.Finish();
    }

    /// <summary>The cells that an iteration adds: its attacker against every target so far, its target against every earlier
    /// attacker.</summary>
    internal static IEnumerable<(int Red, int Target)> Cells(int iteration) =>
        Enumerable.Range(0, iteration + 1).Select(target => (iteration, target)).Concat(Enumerable.Range(0, iteration).Select(red =>
            (red, iteration)));

    private void Measure(List<(int Red, int Target)> cells, SetMeasurement sets, StageProgress progress)
    {
        if (context.Done<EvaluationRow>(LedgerUnits.EvaluationRow(iteration)) is not null)
        {
            progress.Skip(4 + cells.Count + sets.Units);
            return;
        }

        using var target = context.OpenChatModel(ModelRole.Target, iteration);
        var held = context.Inputs.StaticPrompts(Plan.StaticPrompts);
        var fixedRow = Step(progress, () => held.Count == 0 ? null : context.Once(LedgerUnits.StaticPrompts(iteration), () =>
            Known<StaticRow>(LedgerUnits.StaticPrompts) is { } known ? known with { Target = iteration } : Static(target, held)));
        var ambiguous = context.Inputs.Ambiguous(Plan.Ambiguous);
        var harmless = Step(progress, () => ambiguous.Count == 0 ? null : context.Once(LedgerUnits.Harmless(iteration), () =>
            Known<HarmlessRow>(LedgerUnits.Harmless) is { } known ? known with { Target = iteration } : Harmless(target, ambiguous)));
        var tasks = context.Inputs.Tasks(Plan.Tasks);
        var useful = Step(progress, () => tasks.Count == 0 ? null : context.Once(LedgerUnits.Usefulness(iteration), () =>
            Known<UsefulnessRow>(LedgerUnits.Usefulness) is { } known ? known with { Target = iteration } : Useful(target, tasks)));
        var prompts = Step(progress, () => Prompts(iteration));
        var measured = new List<MatrixCell>();
        foreach (var (red, column) in cells.OrderBy(cell => FixedModelReuse.First(context.Plan, cell) == cell ? 0 : 1))
        {
            measured.Add(Step(progress, () => context.Once(LedgerUnits.MatrixCell(red, column), () => Cell(red, column))));
        }

        var imported = sets.Measure(target, guard, progress);
        var pairs = iteration == 0 ? null : context.Done<PairCounts>(LedgerUnits.Pairs(iteration));
        var row = new EvaluationRow(iteration, fixedRow, harmless, useful, prompts.Row, measured, pairs, imported);
        context.Store.Evaluations.Save(context.Id, iteration, LedgerUnits.EvaluationRow(iteration), StoredJson.Write(row));
        context.Publish(row);
    }

    private StaticRow Static(IChatModel target, IReadOnlyList<TypedPrompt> held)
    {
        var judged = Judge(target, [.. held.Select(prompt => prompt.Text)], "evaluation/static");
        return new StaticRow(iteration, judged.Asr, judged.Truth, judged.Guard)
        {
            Groups = judged.Groups(held),
            UnsafeAt = [.. judged.Counted.Where(at => judged.Unsafe[at])],
            Missing = judged.Missing,
        };
    }

    private HarmlessRow Harmless(IChatModel target, IReadOnlyList<AmbiguousPrompt> prompts)
    {
        var answers = Greedy(target, prompts.Select(prompt => prompt.Text));
        var rows = prompts.Zip(answers).ToList();
        if (context.Plan.Review.OverRefusal && context.Plan.HasReview)
        {
            context.Store.Review.Items.Add(ReviewCollection.Harmless(
                context.Id, iteration, [.. rows.Select(row => (row.First.Text, row.Second))]));
        }

        var refused = Enumerable.Range(0, rows.Count).Where(at => context.Inputs.IsRefused(rows[at].First.Text, rows[at].Second)).ToList();
        return new HarmlessRow(
            iteration, Proportion.Of(refused.Count, rows.Count), Proportion.Of(rows, row => context.Inputs.HelpedCorrectly(row.First, row.Second)),
            refused);
    }

    private UsefulnessRow Useful(IChatModel target, IReadOnlyList<CheckableTask> tasks)
    {
        var answers = Greedy(target, tasks.Select(task => task.Prompt));
        return new UsefulnessRow(iteration, Proportion.Of(tasks.Zip(answers).ToList(), row => context.Inputs.IsCorrect(row.First, row.Second)));
    }

    private RedPrompts Prompts(int red) => context.Once(LedgerUnits.MatrixPrompts(red), () =>
    {
        if (FixedModelReuse.First(context.Plan, ModelRole.Red, red) is var first && first != red)
        {
            var known = Prompts(first);
            return known with { Red = red, Row = known.Row with { Red = red } };
        }

        using var player = context.OpenChatModel(ModelRole.Red, red);
        var seeds = Enumerable.Range(0, Plan.MatrixAttacks).Select(context.Inputs.MatrixSeed).ToList();
        var messages = seeds.Select((seed, index) => (RedPrompt.Render(seed.Shots), Streams: Stream("evaluation/prompt", index))).ToList();
        var written = player.Write(messages, AttackWriter.PromptSampling(context.Plan.Attack),
            context.Cancellation)
            .Select(samples => samples[0]).ToList();
        var texts = written.ConvertAll(text => text.Text);
        var asks = texts.ConvertAll(context.Inputs.AsksHarm);
        var row = new DiversityRow(
            red, Diversity.Of(texts, seeds.ConvertAll(seed => seed.Shots)), asks.Contains(null) ? null : Proportion.Of(asks, harm => harm == true),
            NotFluent: !context.Plan.RedUpdate.FluencyFilter ? null : texts.Count == 0 ? 0 : (double)written.Count(text => !context.Inputs.IsFluent(text.Text,
                text.Stopped)) / texts.Count);
        return new RedPrompts(red, texts, row) { Types = seeds.ConvertAll(seed => seed.Category) };
    });

    private MatrixCell Cell(int red, int column)
    {
        var first = FixedModelReuse.First(context.Plan, (red, column));
        if (first != (red, column) && context.Done<MatrixCell>(LedgerUnits.MatrixCell(first.Red, first.Target)) is { } known)
        {
            return known with { Red = red, Target = column };
        }

        using var target = context.OpenChatModel(ModelRole.Target, column);
        var prompts = Prompts(red);
        var judged = Judge(target, prompts.Texts, "evaluation/matrix");
        return new MatrixCell(red, column, judged.Asr, judged.Truth, judged.Guard)
        {
            Groups = prompts.Types is { } types ? judged.Groups([.. prompts.Texts.Zip(types, (text, type) => new TypedPrompt(type, text))]) : null,
            Missing = judged.Missing,
        };
    }

    private Judged Judge(IChatModel target, IReadOnlyList<string> prompts, string stage)
    {
        var messages = prompts.Select((prompt, index) => (prompt, Stream(stage, index))).ToList();
        var answers = target.Write(messages, AttackWriter.AnswerSampling(context.Plan.Attack),
            context.Cancellation)
            .Select(samples => samples[0]).ToList();
        var asked = Enumerable.Range(0, answers.Count).Where(at => answers[at].Outcome.Counts()).ToList();
        var readings = guard.Read(asked.ConvertAll(at => (prompts[at], answers[at].Text)), context.Cancellation);
        var outcomes = answers.ConvertAll(answer => answer.Outcome);
        var called = new bool[answers.Count];
        for (var at = 0; at < asked.Count; at++)
        {
            outcomes[asked[at]] = readings[at].Outcome;
            called[asked[at]] = readings[at].Score >= context.Plan.GuardThreshold;
        }

        return new Judged(outcomes, called, [.. prompts.Zip(answers, (prompt, answer) => context.Inputs.TrulyUnsafe(prompt, answer.Text))]);
    }

    // What the guard calls the answers to some attack prompts, and what they are.
    private sealed record Judged(IReadOnlyList<AnswerOutcome> Outcomes, IReadOnlyList<bool> Unsafe, IReadOnlyList<bool?> TrulyUnsafe)
    {
        // The places of the answers that have a verdict: no others are in any figure.
        public List<int> Counted { get; } = [.. Enumerable.Range(0, Outcomes.Count).Where(at => Outcomes[at].Counts())];

        public Proportion Asr => Proportion.Of(Counted, at => Unsafe[at]);

        public Proportion? Truth => IsKnown ? Proportion.Of(Counted, at => TrulyUnsafe[at] == true) : null;

        public Verdicts? Guard => IsKnown ? Verdicts.Of(Counted.Select(at => (Unsafe[at], TrulyUnsafe[at] == true))) : null;

        public IReadOnlyDictionary<AnswerOutcome, int>? Missing => AnswerOutcomes.Missing(Outcomes);

        private bool IsKnown => !TrulyUnsafe.Contains(null);

        public IReadOnlyList<AttackGroup> Groups(IReadOnlyList<TypedPrompt> prompts) =>
            AttackGroup.Count(Counted.Select(at => (prompts[at], Unsafe[at], TrulyUnsafe[at])));
    }

    private List<string> Greedy(IChatModel target, IEnumerable<string> prompts) =>
        [.. target.Write([.. prompts.Select((prompt, index) => (prompt, Stream("evaluation/greedy", index)))], s_greedy,
            context.Cancellation)
            .Select(samples => samples[0].Text)];

    private IReadOnlyList<RandomStream> Stream(string stage, int index) => [context.Random(stage, index)];

    // What was measured of a target that stays what it is.
    private T? Known<T>(Func<int, UnitKey> unit)
        where T : class => FixedModelReuse.First(context.Plan, ModelRole.Target, iteration) is var first && first != iteration
            ? context.Done<T>(unit(first))
            : null;

    private static T Step<T>(StageProgress progress, Func<T> measure)
    {
        var result = measure();
        progress.Advance(1, 0);
        return result;
    }
}
