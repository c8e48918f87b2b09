using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Measures;
using SEAS.Training.Measures.Refusals;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Inputs;

/// <summary>Prompts and instructions of a person's own, and nothing else: what they do not bring is empty, and so is not measured.</summary>
internal sealed class OutsideInputs(RunPlan plan, SeedPrompts prompts, InstructionPool? general) : IRunInputs
{
    private readonly List<(string Name, List<string> Rows)> _types =
    [
        .. prompts.Attack.GroupBy(prompt => prompt.Category, StringComparer.Ordinal)
            .Select(type => (type.Key, type.Select(prompt => prompt.Text).ToList())),
    ];

    public IEnumerable<string> Trained => prompts.Attack.Select(prompt => prompt.Text).Concat(general?.Prompts ?? []);

    public SeedShots Seed(int round, int index) => Shown(Draw($"round-{round}/seeds", index));

    public SeedShots MatrixSeed(int index) => Shown(Draw("evaluation/seed", index));

    public IReadOnlyList<RedExample> RedExamples(int count, string stream) => [.. Enumerable.Range(0, count).Select(index =>
    {
        var drawn = Draw(stream, index);
        return new RedExample(Shown(drawn).Shots, drawn.Type, drawn.Rows[plan.Attack.Shots]);
    })];

    public IReadOnlyList<InstructionRow> TargetInstructions(int count) => GeneralRows(count, "initialization");

    public IReadOnlyList<InstructionRow> GeneralRows(int count, string stream) => count == 0 ? []
        : general?.Rows(count, stream) ?? throw new RunPlanException([$"{count} instruction rows are wanted and the plan names no set of them."]);

    public IReadOnlyList<TypedPrompt> StaticPrompts(int count) => [.. prompts.HeldOut.Take(count)];

    public IReadOnlyList<AmbiguousPrompt> Ambiguous(int count) => [];

    public IReadOnlyList<CheckableTask> Tasks(int count) => [];

    public bool IsRefused(string prompt, string answer) =>
        RefusalWords.Read(answer)?.Kind is RefusalKind.Refused or RefusalKind.PartlyRefused;

    public bool HelpedCorrectly(AmbiguousPrompt prompt, string answer) => throw NoRule();

    public bool IsCorrect(CheckableTask task, string answer) => throw NoRule();

    public bool IsFluent(string prompt, bool stopped) => Holds(prompt);

    public bool? AsksHarm(string prompt) => null;

    public AnswerKind? Kind(string prompt, string answer) => null;

    public bool? TrulyUnsafe(string prompt, string answer) => null;

    /// <summary>The rule of form alone. A prompt that reached the length limit is long, not faulty.</summary>
    public static bool Holds(string prompt) => Fluency.Holds(prompt, stopped: true);

    /// <summary>A prompt as one of several: each begins a line, and its further lines are indented, so that several stay apart.</summary>
    public static string Apart(string prompt) => string.Join("\n  ", prompt.ReplaceLineEndings("\n").Split('\n'));

    private SeedShots Shown((string Type, List<string> Rows) drawn) =>
        new(drawn.Type, [.. drawn.Rows.Take(plan.Attack.Shots).Select(Apart)]);

    // k + 1 different rows of one type: those that are shown, and the one to learn.
    private (string Type, List<string> Rows) Draw(string stage, int index)
    {
        var stream = new RandomStream((ulong)plan.Seed, stage, index);
        var (name, all) = Type(stream);
        var rows = all.ToList();
        stream.Shuffle(rows);
        return (name, rows.Count > plan.Attack.Shots ? rows[..(plan.Attack.Shots + 1)] : throw new RunPlanException(
            [$"The type '{name}' has {rows.Count} rows to attack with; expected at least {plan.Attack.Shots + 1}."]));
    }

    private (string Name, List<string> Rows) Type(RandomStream stream)
    {
        if (plan.Attack.TypeSampling == TypeSampling.Types)
        {
            return _types[stream.Next(_types.Count)];
        }

        var place = stream.Next(_types.Sum(type => type.Rows.Count));
        foreach (var type in _types)
        {
            if (place < type.Rows.Count)
            {
                return type;
            }

            place -= type.Rows.Count;
        }

        throw new InvalidOperationException("A draw fell outside every type.");
    }

    private static InvalidOperationException NoRule() => new("No rule of the embedded world holds for prompts from outside.");
}
