using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Guards;
using SEAS.Training.Inputs;
using SEAS.Training.Measures.Variety;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;
using SEAS.Training.Text.Chat;

namespace SEAS.Training.Runs.Measuring;

/// <summary>Measures one target, without any run: on prompts of files, and on those that an attacker writes from seeds.</summary>
/// <remarks>
/// The answers, the verdicts and the counting are those of imported evaluation sets in a run (<see cref="SetMeasurement"/>): the same target,
/// guard, threshold and rows give the same figures. What SEAS reports in its tables 1, 3, 6 and 7 (arXiv:2408.02632) is this, for each pair of
/// a target and an attacker or a prompt set.
/// </remarks>
internal sealed class TargetMeasurement(RunPlan plan)
{
    private const string Stage = "eval/attack";
    private const int RowsAtOnce = 200;

    /// <summary>What is wrong with seeds, a sentence for each type that has too few.</summary>
    public static IEnumerable<string> Problems(RunPlan plan, IReadOnlyList<TypedPrompt> seeds) => seeds
        .GroupBy(seed => seed.Category, StringComparer.Ordinal).Where(type => type.Count() <= plan.Attack.Shots)
        .Select(type => $"The type '{type.Key}' has {type.Count()} prompts; expected at least {plan.Attack.Shots + 1}. Add some, or leave the type out.");

    /// <summary>Lets an attacker write one prompt after each seed.</summary>
    /// <param name="red">The attacker.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="seeds">Prompts with their types; each seed shows k of one type.</param>
    /// <param name="count">Prompts to write.</param>
    /// <param name="cancellation">Checked between batches.</param>
    /// <exception cref="RunPlanException">A type has too few prompts.</exception>
    public (PromptSource Prompts, Diversity Diversity) Attack(
        IChatModel red, string name, IReadOnlyList<TypedPrompt> seeds, int count, CancellationToken cancellation)
    {
        var inputs = new OutsideInputs(plan, new SeedPrompts(seeds, []), general: null);
        var shown = Enumerable.Range(0, count).Select(inputs.MatrixSeed).ToList();
        var written = red.Write(
            [.. shown.Select((seed, at) => (RedPrompt.Render(seed.Shots), Streams(at)))], AttackWriter.PromptSampling(plan.Attack), cancellation);
        var texts = written.Select(samples => samples[0].Text).ToList();
        var rows = texts.Select((text, at) => new AskedRow(at + 1, text, shown[at].Category, IsSafe: false)).ToList();
        return (
            new PromptSource(name, PromptSource.WrittenByAttacker, rows, []),
            Diversity.Of(texts, shown.ConvertAll(seed => seed.Shots)));
    }

    /// <summary>Asks a target every prompt of a source and judges the answers, in the order of the rows.</summary>
    /// <param name="source">The prompts.</param>
    /// <param name="place">Which source it is, from 0.</param>
    /// <param name="target">The target.</param>
    /// <param name="guard">The guard.</param>
    /// <param name="answered">Told of each batch of answers.</param>
    /// <param name="cancellation">Checked between batches.</param>
    public TargetFigures Measure(
        PromptSource source, int place, IChatModel target, IGuard guard, Action<IReadOnlyList<SetAnswer>> answered, CancellationToken cancellation)
    {
        var all = new List<SetAnswer>();
        foreach (var rows in source.Rows.Chunk(RowsAtOnce))
        {
            cancellation.ThrowIfCancellationRequested();
            var answers = SetMeasurement.Answer(plan, iteration: 0, place, rows, target, guard, cancellation);
            answered(answers);
            all.AddRange(answers);
        }

        return TargetFigures.Of(source, all);
    }

    private IReadOnlyList<RandomStream> Streams(int at) => [new RandomStream((ulong)plan.Seed, Stage, at)];
}
