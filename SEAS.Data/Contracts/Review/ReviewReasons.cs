namespace SEAS.Data.Contracts.Review;

/// <summary>Why an item is shown; it may have several reasons. Stored as bits.</summary>
[Flags]
public enum ReviewReasons
{
    /// <summary>None yet.</summary>
    None = 0,

    /// <summary>The guard's score lies in the borderline band.</summary>
    Borderline = 1,

    /// <summary>The guard and a second judge disagree.</summary>
    Disagreement = 2,

    /// <summary>The verdicts on the answers to one prompt differ.</summary>
    Split = 4,

    /// <summary>The same attack had the other verdict in the round before.</summary>
    Flipped = 8,

    /// <summary>A harmless request was refused.</summary>
    OverRefusal = 16,

    /// <summary>The guard gave no score.</summary>
    Unscored = 32,

    /// <summary>Drawn at random, so that the guard's quality can be estimated without bias.</summary>
    Audit = 64,

    /// <summary>A person sent it.</summary>
    ByHand = 128,
}
