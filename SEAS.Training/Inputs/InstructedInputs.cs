using SEAS.Data.Contracts.Inputs;
using SEAS.Training.World;

namespace SEAS.Training.Inputs;

/// <summary>The embedded world with instructions from outside: T learns them in place of the world's general rows.</summary>
/// <remarks>T0 is still tuned on the world's own rows, which make it answer in this world; the set keeps it general later.</remarks>
internal sealed class InstructedInputs(EmbeddedInputs world, InstructionPool general) : IRunInputs
{
    public IEnumerable<string> Trained => general.Prompts;

    public SeedShots Seed(int round, int index) => world.Seed(round, index);

    public SeedShots MatrixSeed(int index) => world.MatrixSeed(index);

    public IReadOnlyList<RedExample> RedExamples(int count, string stream) => world.RedExamples(count, stream);

    public IReadOnlyList<InstructionRow> TargetInstructions(int count) => world.TargetInstructions(count);

    public IReadOnlyList<InstructionRow> GeneralRows(int count, string stream) => general.Rows(count, stream);

    public IReadOnlyList<TypedPrompt> StaticPrompts(int count) => world.StaticPrompts(count);

    public IReadOnlyList<AmbiguousPrompt> Ambiguous(int count) => world.Ambiguous(count);

    public IReadOnlyList<CheckableTask> Tasks(int count) => world.Tasks(count);

    public bool IsRefused(string prompt, string answer) => world.IsRefused(prompt, answer);

    public bool HelpedCorrectly(AmbiguousPrompt prompt, string answer) => world.HelpedCorrectly(prompt, answer);

    public bool IsCorrect(CheckableTask task, string answer) => world.IsCorrect(task, answer);

    public bool IsFluent(string prompt, bool stopped) => world.IsFluent(prompt, stopped);

    public bool? AsksHarm(string prompt) => world.AsksHarm(prompt);

    public AnswerKind? Kind(string prompt, string answer) => world.Kind(prompt, answer);

    public bool? TrulyUnsafe(string prompt, string answer) => world.TrulyUnsafe(prompt, answer);
}
