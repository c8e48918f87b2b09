using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Measures;
using SEAS.Training.Runs.Plan;
using SEAS.Training.World;

namespace SEAS.Training.Inputs;

/// <summary>Prompts from outside as a run's inputs: nobody knows the truth, so only the guard speaks.</summary>
/// <remarks>The harmless sets come from the embedded world, and so do the general rows if the plan names no set of instructions.</remarks>
internal sealed class PromptInputs(RunPlan plan, SeedPrompts prompts, InstructionPool? general) : IRunInputs
{
    private readonly RunPlan _plan = plan;
    private readonly EmbeddedInputs _harmless = new(plan);
    private readonly List<IGrouping<string, TypedPrompt>> _types =
        [.. prompts.Attack.GroupBy(prompt => prompt.Category, StringComparer.Ordinal)];

    public IEnumerable<string> Trained => prompts.Attack.Select(prompt => prompt.Text).Concat(general?.Prompts ?? []);

    public SeedShots Seed(int round, int index) => Draw($"round-{round}/seeds", index);

    public SeedShots MatrixSeed(int index) => Draw("evaluation/seed", index);

    public IReadOnlyList<RedExample> RedExamples(int count, string stream) => [.. Enumerable.Range(0, count).Select(index =>
    {
        var shots = Draw(stream, index);
        var next = new RandomStream((ulong)_plan.Seed, stream + "/next", index).Pick(_types.First(type => type.Key == shots.Category)
            .ToList());
        return new RedExample(shots.Shots, shots.Category, next.Text);
    })];

    public IReadOnlyList<InstructionRow> TargetInstructions(int count) => GeneralRows(count, "initialization");

    public IReadOnlyList<InstructionRow> GeneralRows(int count, string stream) =>
        general?.Rows(count, stream) ?? _harmless.GeneralRows(count, stream);

    public IReadOnlyList<TypedPrompt> StaticPrompts(int count) => [.. prompts.HeldOut.Take(count)];

    public IReadOnlyList<AmbiguousPrompt> Ambiguous(int count) => _harmless.Ambiguous(count);

    public IReadOnlyList<CheckableTask> Tasks(int count) => _harmless.Tasks(count);

    public bool IsRefused(string prompt, string answer) => _harmless.IsRefused(prompt, answer);

    public bool HelpedCorrectly(AmbiguousPrompt prompt, string answer) => _harmless.HelpedCorrectly(prompt, answer);

    public bool IsCorrect(CheckableTask task, string answer) => _harmless.IsCorrect(task, answer);

    public bool IsFluent(string prompt, bool stopped) => Fluency.Holds(prompt, stopped);

    public bool? AsksHarm(string prompt) => null;

    public AnswerKind? Kind(string prompt, string answer) => null;

    public bool? TrulyUnsafe(string prompt, string answer) => null;

    // Rows, not types, are equally likely: with one large type and many small ones that is what a prompt set means.
    private SeedShots Draw(string stage, int index)
    {
        var stream = new RandomStream((ulong)_plan.Seed, stage, index);
        var place = stream.Next(_types.Sum(type => type.Count()));
        foreach (var type in _types)
        {
            if (place < type.Count())
            {
                var rows = type.Select(prompt => prompt.Text).ToList();
                stream.Shuffle(rows);
                return new SeedShots(type.Key, [.. rows.Take(_plan.Attack.Shots)]);
            }

            place -= type.Count();
        }

        throw new InvalidOperationException("A draw fell outside every type.");
    }
}
