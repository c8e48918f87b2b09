namespace SEAS.Data.Contracts.Review;

/// <summary>Which items a page wants; what is null does not restrict.</summary>
public sealed record ReviewFilter
{
    /// <summary>Only of this round.</summary>
    public int? Round { get; init; }

    /// <summary>Only in this state.</summary>
    public ReviewState? State { get; init; }

    /// <summary>Only with one of these reasons; none of them does not restrict.</summary>
    public ReviewReasons Reasons { get; init; }

    /// <summary>Only of this type.</summary>
    public string? Category { get; init; }

    /// <summary>Only from here.</summary>
    public ReviewSource? Source { get; init; }

    /// <summary>Only of this kind.</summary>
    public ReviewKind? Kind { get; init; }

    /// <summary>Only with this in the prompt or the answer, in whatever case.</summary>
    public string? Text { get; init; }
}

/// <summary>How many items have a reason; an item with two reasons counts under both.</summary>
/// <param name="Reason">One reason.</param>
/// <param name="Items">Items that have it.</param>
/// <param name="Left">Those of them that are still handed out.</param>
public sealed record ReasonCount(ReviewReasons Reason, long Items, long Left);

/// <summary>How many items are in a state.</summary>
/// <param name="State">The state.</param>
/// <param name="Items">Items in it.</param>
public sealed record StateCount(ReviewState State, long Items);
