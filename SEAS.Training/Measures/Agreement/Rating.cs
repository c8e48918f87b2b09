namespace SEAS.Training.Measures.Agreement;

/// <summary>What one person said of one item.</summary>
/// <param name="Item">The item's number.</param>
/// <param name="Rater">Who said it.</param>
/// <param name="Value">The label, compared letter by letter; null where the person saw the item and left the question open.</param>
public sealed record Rating(long Item, string Rater, string? Value);
