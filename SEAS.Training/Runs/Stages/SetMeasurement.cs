using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Training.Endpoints;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Guards;
using SEAS.Training.Inputs;
using SEAS.Training.Measures.Refusals;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Runs.Stages;

/// <summary>Measures one target on the imported evaluation sets of a plan: it answers their rows, greedily, and the guard and the refusal
/// rule say what it did.</summary>
/// <remarks>
/// Decided in docs/decisions/0057-evaluation-sets.md. Draws nothing from the run's streams: a run without sets is the same to the bit, and
/// every run that measures a set measures the same rows of it.
/// </remarks>
internal sealed class SetMeasurement(LoopContext context, int iteration)
{
    /// <summary>Names the streams of the answers, from which greedy decoding draws nothing.</summary>
    public const string Stream = "evaluation/set";

    private const int RowsPerUnit = 200;

    private readonly Lazy<HashSet<string>> _trained = new(
        () => context.Inputs.Trained.Select(text => text.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase));

    private IReadOnlyList<SetReference> Sets => context.Plan.EvaluationSets;

    /// <summary>Units of work that the sets take.</summary>
    public int Units => Sets.Sum(set => UnitsOf(Asked(set)));

    /// <summary>How answers are drawn: greedily, so that a set says the same of the same weights.</summary>
    public static SamplingSettings Sampling(RunPlan plan) => new(Temperature: 0, TopP: 1, TopK: 0, plan.Attack.AnswerTokens);

    /// <summary>Every set's figures; null for a plan without sets.</summary>
    /// <exception cref="RunPlanException">A set is gone, or has other rows than the plan's.</exception>
    public IReadOnlyList<SetMeasure>? Measure(IChatModel target, IGuard guard, StageProgress progress) =>
        Sets.Count == 0 ? null : [.. Enumerable.Range(0, Sets.Count).Select(set => Measure(set, target, guard, progress))];

    /// <summary>The rows that a unit of work made.</summary>
    public static IReadOnlyList<SetAnswer> RowsOf(Store store, RunId run, FinishedUnit unit)
    {
        var made = StoredJson.Read<SetUnit>(unit.ResultJson);
        return store.SetAnswers.Rows(run, unit.Key.Round, made.Set, made.First, made.Last);
    }

    /// <summary>The unit of work that a row was answered in; null if none has been done.</summary>
    public static SetUnit? UnitOf(Store store, RunId run, int iteration, int set, long row) =>
        store.Units.List(run, iteration, RunStage.Evaluation)
            .Where(unit => LedgerUnits.IsOfSet(unit.Key, set))
            .Select(unit => StoredJson.Read<SetUnit>(unit.ResultJson))
            .FirstOrDefault(unit => unit.First <= row && row <= unit.Last);

    /// <summary>Lets a target answer rows, and judges it. Rows without an answer, or without a verdict that can be read, are left out.</summary>
    public static List<SetAnswer> Answer(
        RunPlan plan, int iteration, int set, IReadOnlyList<AskedRow> rows, IChatModel target, IGuard guard, CancellationToken cancellation)
    {
        var written = target.Write([.. rows.Select(row => (row.Prompt, Draws(plan, set, row)))], Sampling(plan), cancellation)
            .Select(samples => samples[0]).ToList();
        var asked = rows.Zip(written, (row, answer) => (Row: row, Answer: answer)).Where(pair => pair.Answer.Outcome.Counts()).ToList();
        var readings = guard.Read(asked.ConvertAll(pair => (pair.Row.Prompt, pair.Answer.Text)), cancellation);
        return [.. asked.Zip(readings, (pair, read) => (pair.Row, pair.Answer, Read: read)).Where(judged => judged.Read.Outcome.Counts())
            .Select(judged => new SetAnswer(
                iteration, set, judged.Row.Number, judged.Row.Prompt, judged.Row.Category, judged.Row.IsSafe, judged.Answer.Text,
                judged.Answer.Tokens, judged.Answer.Stopped, judged.Read.Score, judged.Read.Score >= plan.GuardThreshold,
                Behaviour(plan, judged.Answer.Text)?.ToString()))];
    }

    /// <summary>What an answer does. The rules on wording were made for the embedded world's answers; a run on other models is read by what
    /// was fitted on other models.</summary>
    /// <returns>Null for an answer without a word.</returns>
    internal static RefusalKind? Behaviour(RunPlan plan, string answer) =>
        plan.IsOutside ? RefusalReader.Fitted.Read(answer)?.Kind : RefusalWords.Read(answer)?.Kind;

    private SetMeasure Measure(int set, IChatModel target, IGuard guard, StageProgress progress)
    {
        var reference = Sets[set];
        var units = new List<SetUnit>();
        var (index, alsoTrained) = (0, 0);
        foreach (var rows in Chosen(reference).Select(AskedRow.Of).Chunk(RowsPerUnit))
        {
            var key = LedgerUnits.SetPart(iteration, set, index++);
            var done = context.Done<SetUnit>(key);
            units.Add(done ?? Answer(key, set, rows, target, guard));
            alsoTrained += rows.Count(row => _trained.Value.Contains(row.Prompt.Trim()));
            progress.Advance(1, 0);
        }

        var sum = units.Aggregate((a, b) => a with
        {
            Harmful = a.Harmful + b.Harmful,
            Safe = a.Safe + b.Safe,
            Unlabelled = a.Unlabelled + b.Unlabelled,
        });
        return new SetMeasure(
            iteration, reference.Name, context.Store.Sets.Find(reference.Name)!.Rows, sum.Harmful.N + sum.Safe.N + sum.Unlabelled.N,
            sum.Harmful.Group(), sum.Safe.Group(), sum.Unlabelled.Group())
        {
            AlsoTrained = alsoTrained,
            Missing = units.Sum(unit => unit.Missing ?? 0) is > 0 and var missing ? missing : null,
            RefusalsBy = context.Plan.IsOutside ? SetMeasure.Fitted : null,
        };
    }

    private SetUnit Answer(UnitKey key, int set, AskedRow[] rows, IChatModel target, IGuard guard)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        if (Known(key) is var (answers, unit))
        {
            context.Store.SetAnswers.Save(context.Id, key, answers, StoredJson.Write(unit));
            return unit;
        }

        context.Endpoints.Begin();
        var made = Answer(context.Plan, iteration, set, rows, target, guard, context.Cancellation);
        var checksum = context.Plan.Endpoints.Judge is null
            ? WeightsChecksum.Of(context.Plan.GuardModel ?? EmbeddedWeights.Guard)
            : null;
        var done = SetUnit.Of(set, rows, made, checksum) with
        {
            Target = context.Endpoints.Take(EndpointRole.Target),
            Judge = context.Endpoints.Take(EndpointRole.Judge),
        };
        context.Store.SetAnswers.Save(context.Id, key, made, StoredJson.Write(done));
        return done;
    }

    // What was measured of a target that stays what it is.
    private (List<SetAnswer> Answers, SetUnit Unit)? Known(UnitKey key)
    {
        var first = FixedModelReuse.First(context.Plan, ModelRole.Target, iteration);
        if (first == iteration || context.Store.Units.Find(context.Id, key with { Round = first }) is not { } unit)
        {
            return null;
        }

        var answers = RowsOf(context.Store, context.Id, unit).Select(answer => answer with { Iteration = iteration }).ToList();
        return (answers, StoredJson.Read<SetUnit>(unit.ResultJson));
    }

    // A large set is measured by the same rows in every run, so that runs can be compared; neither seed nor plan chooses them.
    private IEnumerable<SetRow> Chosen(SetReference reference)
    {
        RunPlanException.ThrowIfAny([.. SetRows.Problems(context.Store, reference, DatasetPurpose.Evaluation)]);
        var rows = context.Store.Sets.Find(reference.Name)!.Rows;
        var all = SetRows.All(context.Store, reference);
        if (rows <= context.Plan.Evaluation.SetPrompts)
        {
            return all;
        }

        var numbers = Enumerable.Range(1, (int)rows).ToList();
        new RandomStream(0, $"{Stream}/{reference.Content}").Shuffle(numbers);
        var chosen = numbers.Take(context.Plan.Evaluation.SetPrompts).Select(number => (long)number).ToHashSet();
        return all.Where(row => chosen.Contains(row.Number));
    }

    private int Asked(SetReference reference) =>
        (int)Math.Min(context.Store.Sets.Find(reference.Name)?.Rows ?? 0, context.Plan.Evaluation.SetPrompts);

    private static int UnitsOf(int rows) => (rows + RowsPerUnit - 1) / RowsPerUnit;

    private static IReadOnlyList<RandomStream> Draws(RunPlan plan, int set, AskedRow row) =>
        [new RandomStream((ulong)plan.Seed, Stream, set, row.Number)];
}

/// <summary>A row as a target is asked.</summary>
internal sealed record AskedRow(long Number, string Prompt, string Category, bool? IsSafe)
{
    public static AskedRow Of(SetRow row) => new(row.Number, SetRows.Message(row.Row), row.Type, row.Row.IsSafe);

    public static AskedRow Of(SetAnswer answer) => new(answer.Row, answer.Prompt, answer.Category, answer.IsSafe);
}
