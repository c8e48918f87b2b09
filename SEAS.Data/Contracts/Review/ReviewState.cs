namespace SEAS.Data.Contracts.Review;

/// <summary>How far an item is. Stored by name.</summary>
public enum ReviewState
{
    /// <summary>Nobody has labelled or discarded it.</summary>
    Pending,

    /// <summary>Fewer people than asked for have.</summary>
    Partial,

    /// <summary>As many as asked for have, and say the same.</summary>
    Agreed,

    /// <summary>As many as asked for have, and differ.</summary>
    Conflict,

    /// <summary>A lead has decided.</summary>
    Gold,

    /// <summary>As many as asked for looked, and all of them discarded it.</summary>
    Discarded,
}
