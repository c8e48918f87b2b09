using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.World;

/// <summary>The embedded world as a run's inputs: everything is generated, so the truth is known.</summary>
internal sealed class EmbeddedInputs(RunPlan plan) : IRunInputs
{
    // Test prompts and tasks are the same for every run; what a run learns from depends on its seed.
    private static readonly EmbeddedWorld s_measured = new(seed: 0);

    private readonly EmbeddedWorld _world = new((ulong)plan.Seed);
    private readonly Dictionary<string, IReadOnlyList<RedExample>> _seeds = [];

    public IEnumerable<string> Trained => [];

    public SeedShots Seed(int round, int index) => Shots($"round-{round}/seeds", plan.Attack.Seeds, index);

    // As in the paper's table 2, an attacker is measured on fresh seed prompts of the kind it attacks with, drawn from a stream that no
    // round uses.
    public SeedShots MatrixSeed(int index) => Shots("evaluation/seeds", plan.Evaluation.MatrixAttacks, index);

    public IReadOnlyList<RedExample> RedExamples(int count, string stream) => _world.RedExamples(count, stream);

    public IReadOnlyList<InstructionRow> TargetInstructions(int count) => _world.TargetInstructions(count);

    public IReadOnlyList<InstructionRow> GeneralRows(int count, string stream) => _world.GeneralRows(count, stream);

    public IReadOnlyList<TypedPrompt> StaticPrompts(int count) => s_measured.AttackPrompts(plan.Evaluation.Split, count, "static");

    public IReadOnlyList<AmbiguousPrompt> Ambiguous(int count) => s_measured.Ambiguous(plan.Evaluation.Split, count);

    public IReadOnlyList<CheckableTask> Tasks(int count) => s_measured.Tasks(plan.Evaluation.Split, count);

    public bool IsRefused(string prompt, string answer) => Truth.IsRefused(prompt, answer);

    public bool HelpedCorrectly(AmbiguousPrompt prompt, string answer) => Truth.HelpedCorrectly(prompt, answer);

    public bool IsCorrect(CheckableTask task, string answer) => Truth.IsCorrect(task, answer);

    public bool IsFluent(string prompt, bool stopped) => Truth.IsFluent(prompt, stopped);

    public bool? AsksHarm(string prompt) => Truth.AsksHarm(prompt);

    public AnswerKind? Kind(string prompt, string answer) => Truth.Kind(prompt, answer);

    public bool? TrulyUnsafe(string prompt, string answer) => Truth.IsUnsafe(prompt, answer);

    // A seed prompt is k prompts of one type, as in R's few-shot rows; the row's own continuation is not shown.
    private SeedShots Shots(string stream, int count, int index)
    {
        var rows = _seeds.TryGetValue(stream, out var known) ? known : _seeds[stream] = _world.RedExamples(count, stream);
        return new SeedShots(rows[index].Category, [.. rows[index].Shots.Take(plan.Attack.Shots)]);
    }
}
