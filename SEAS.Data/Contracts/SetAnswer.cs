namespace SEAS.Data.Contracts;

/// <summary>The target's answer to one row of an imported evaluation set, judged.</summary>
/// <param name="Iteration">The target's iterate.</param>
/// <param name="Set">The set's place in the run's plan, from 0.</param>
/// <param name="Row">The row's number in the set, from 1.</param>
/// <param name="Prompt">What the target was asked.</param>
/// <param name="Category">The row's type.</param>
/// <param name="IsSafe">Whether the set calls the prompt safe to answer; null where it says nothing.</param>
/// <param name="Answer">What the target said.</param>
/// <param name="Tokens">The answer's length.</param>
/// <param name="Stopped">Whether the target ended it by itself.</param>
/// <param name="Score">P(unsafe) by the guard, in [0, 1].</param>
/// <param name="Unsafe">The guard's verdict at the plan's threshold.</param>
/// <param name="Behaviour">What the answer does by the refusal rule; null for an answer without a word.</param>
public sealed record SetAnswer(
    int Iteration,
    int Set,
    long Row,
    string Prompt,
    string Category,
    bool? IsSafe,
    string Answer,
    int Tokens,
    bool Stopped,
    double Score,
    bool Unsafe,
    string? Behaviour);
