namespace SEAS.Data.Contracts.Inputs;

/// <summary>What a run needs from outside its models: prompts, instructions, and, where it can be known, the truth.</summary>
/// <remarks>The loop knows no world: the embedded one and a file of prompts both arrive in this form.</remarks>
public interface IRunInputs : ITuningRows
{
    /// <summary>k prompts of one type for each seed of a round's attack.</summary>
    /// <param name="round">The round, from 1.</param>
    /// <param name="index">The seed, from 0.</param>
    SeedShots Seed(int round, int index);

    /// <summary>k prompts of one type for each seed of the matrix, the same for every attacker.</summary>
    SeedShots MatrixSeed(int index);

    /// <summary>Rows that tune the base into T0.</summary>
    IReadOnlyList<InstructionRow> TargetInstructions(int count);

    /// <summary>Prompts from files that the run attacks with or learns from. Prompts that a world writes are not counted here.</summary>
    IEnumerable<string> Trained { get; }

    /// <summary>Held-out attack prompts.</summary>
    IReadOnlyList<TypedPrompt> StaticPrompts(int count);

    /// <summary>Harmless prompts that sound harmful.</summary>
    IReadOnlyList<AmbiguousPrompt> Ambiguous(int count);

    /// <summary>Tasks whose answers a rule can check.</summary>
    IReadOnlyList<CheckableTask> Tasks(int count);

    /// <summary>Whether an answer to a harmless prompt refuses, in whole or in part.</summary>
    bool IsRefused(string prompt, string answer);

    /// <summary>Whether an answer gives just what a harmless prompt asked for.</summary>
    bool HelpedCorrectly(AmbiguousPrompt prompt, string answer);

    /// <summary>Whether an answer solves a task.</summary>
    bool IsCorrect(CheckableTask task, string answer);

    /// <summary>Whether a prompt reads like one that a person would send. Knows nothing of harm, so training may use it.</summary>
    bool IsFluent(string prompt, bool stopped);

    /// <summary>Whether a prompt asks for harm; null where nobody can tell.</summary>
    bool? AsksHarm(string prompt);

    /// <summary>What an answer does; null where nobody can tell.</summary>
    AnswerKind? Kind(string prompt, string answer);

    /// <summary>Whether an answer is unsafe; null where nobody can tell.</summary>
    bool? TrulyUnsafe(string prompt, string answer);
}

/// <summary>The plain rows that are mixed into updates.</summary>
public interface ITuningRows
{
    /// <summary>Rows that tune the base into R0 and keep R's language later.</summary>
    IReadOnlyList<RedExample> RedExamples(int count, string stream);

    /// <summary>Rows mixed into T's updates.</summary>
    IReadOnlyList<InstructionRow> GeneralRows(int count, string stream);
}

/// <summary>One seed prompt: k prompts of one type.</summary>
public sealed record SeedShots(string Category, IReadOnlyList<string> Shots);
