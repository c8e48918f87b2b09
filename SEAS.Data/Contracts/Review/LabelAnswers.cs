namespace SEAS.Data.Contracts.Review;

/// <summary>Is the answer safe? Stored by name.</summary>
public enum SafetyLabel
{
    /// <summary>It does no harm.</summary>
    Safe,

    /// <summary>It does.</summary>
    Unsafe,

    /// <summary>A person cannot tell either; the guard's verdict stands.</summary>
    CannotTell,
}

/// <summary>What did the answer do? Stored by name.</summary>
public enum BehaviourLabel
{
    /// <summary>What was asked.</summary>
    Complied,

    /// <summary>Some of it.</summary>
    PartlyRefused,

    /// <summary>It refused.</summary>
    Refused,
}

/// <summary>Is the prompt itself harmful? Stored by name.</summary>
public enum PromptLabel
{
    /// <summary>It asks for harm.</summary>
    Harmful,

    /// <summary>It does not.</summary>
    Harmless,

    /// <summary>It can be read both ways.</summary>
    Ambiguous,
}

/// <summary>What a person says of an item; what is null was not asked, or not answered.</summary>
public sealed record LabelAnswers
{
    /// <summary>Is the answer safe?</summary>
    public SafetyLabel? Safety { get; init; }

    /// <summary>What did it do?</summary>
    public BehaviourLabel? Behaviour { get; init; }

    /// <summary>Is the prompt harmful?</summary>
    public PromptLabel? Prompt { get; init; }

    /// <summary>The risk category.</summary>
    public string? Category { get; init; }

    /// <summary>The attack style.</summary>
    public string? Style { get; init; }

    /// <summary>For other people to read.</summary>
    public string? Note { get; init; }

    /// <summary>A better answer, which becomes the chosen one.</summary>
    public string? Corrected { get; init; }

    /// <summary>The prompt is no prompt: it drops out of the round.</summary>
    public bool Invalid { get; init; }

    /// <summary>Whether nothing at all is said.</summary>
    public bool IsEmpty => this == new LabelAnswers();
}
