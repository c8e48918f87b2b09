namespace SEAS.Data.Contracts.Events;

/// <summary>One judged answer; viewers get a sample, the store holds all.</summary>
/// <param name="Round">The round, from 1.</param>
/// <param name="Seed">The seed, from 0.</param>
/// <param name="Prompt">The prompt within its seed, from 0.</param>
/// <param name="Answer">The answer within its prompt, from 0.</param>
/// <param name="Category">The seed's type, by its label.</param>
/// <param name="PromptText">What R wrote.</param>
/// <param name="AnswerText">What T answered.</param>
/// <param name="Score">P(unsafe) by the guard, from 0 to 1.</param>
/// <param name="Unsafe">The guard's verdict.</param>
/// <param name="TrulyUnsafe">The truth; null where nobody can know.</param>
public sealed record AttackEvent(
    int Round, int Seed, int Prompt, int Answer, string? Category, string PromptText, string AnswerText, double Score, bool Unsafe,
    bool? TrulyUnsafe) : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.Attack;
}

/// <summary>A round's datasets were frozen.</summary>
/// <param name="Round">The round, from 1.</param>
/// <param name="Version">The version, from 1.</param>
/// <param name="Rows">Rows of all files.</param>
/// <param name="Bytes">Bytes of all files.</param>
public sealed record DatasetsFrozenEvent(int Round, int Version, long Rows, long Bytes) : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.DatasetsFrozen;
}

/// <summary>Something a person should know although the run goes on.</summary>
/// <param name="Text">What, in a sentence.</param>
public sealed record AlertEvent(string Text) : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.Alert;
}
