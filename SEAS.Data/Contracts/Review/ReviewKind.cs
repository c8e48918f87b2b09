namespace SEAS.Data.Contracts.Review;

/// <summary>What one item of review is. Stored by name.</summary>
public enum ReviewKind
{
    /// <summary>One prompt with one answer.</summary>
    Answer,

    /// <summary>One ambiguous prompt with all its answers.</summary>
    Prompt,
}

/// <summary>Where an item comes from. Stored by name.</summary>
public enum ReviewSource
{
    /// <summary>A round's attack.</summary>
    Attack,

    /// <summary>The evaluation's harmless set; its round is the iterate that was measured, its seed index the place in the set.</summary>
    Harmless,
}
