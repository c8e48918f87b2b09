namespace SEAS.Data.Contracts.Review;

/// <summary>An item that is in front of one person.</summary>
/// <param name="Item">The item.</param>
/// <param name="Annotator">Who has it.</param>
/// <param name="Token">Goes with the decision, and renews or releases the lease.</param>
/// <param name="UntilUtc">From then on somebody else may be given the item; until somebody is, the token stays good.</param>
public sealed record Lease(ReviewItem Item, string Annotator, string Token, DateTimeOffset UntilUtc);

/// <summary>Who has something in front of them now.</summary>
/// <param name="Annotator">Who.</param>
/// <param name="Items">Items that they hold.</param>
public sealed record LeaseHolder(string Annotator, long Items);
