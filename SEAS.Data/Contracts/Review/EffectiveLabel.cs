namespace SEAS.Data.Contracts.Review;

/// <summary>What people's decisions on one item come to: the lead's label if there is one, else what all of them say alike.</summary>
/// <param name="Item">The item's key.</param>
/// <param name="Run">The run.</param>
/// <param name="Round">The round.</param>
/// <param name="SeedIndex">The prompt's seed.</param>
/// <param name="PromptIndex">The prompt within its seed.</param>
/// <param name="AnswerIndex">The answer within its prompt; −1 for a prompt.</param>
/// <param name="Unsafe">Whether the answer is unsafe; null where people cannot tell, differ or were not asked: the guard stands.</param>
/// <param name="Corrected">A better answer; the newest, if several people wrote one.</param>
/// <param name="Invalid">Whether the prompt drops out.</param>
/// <param name="Prompt">What the prompt is; null where people differ or were not asked.</param>
/// <param name="State">How far the item is; a partial one has fewer labels than asked for.</param>
/// <param name="Annotators">Whose labels these are, by name.</param>
/// <param name="Decisions">The decisions that it rests on, by number.</param>
public sealed record EffectiveLabel(
    long Item,
    RunId Run,
    int Round,
    int SeedIndex,
    int PromptIndex,
    int AnswerIndex,
    bool? Unsafe,
    string? Corrected,
    bool Invalid,
    PromptLabel? Prompt,
    ReviewState State,
    IReadOnlyList<string> Annotators,
    IReadOnlyList<long> Decisions)
{
    /// <summary>What the answer did; null where people differ or were not asked.</summary>
    public BehaviourLabel? Behaviour { get; init; }
}
