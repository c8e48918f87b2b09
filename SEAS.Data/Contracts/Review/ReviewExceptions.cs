namespace SEAS.Data.Contracts.Review;

/// <summary>A decision came with a lease that is no longer good. Nothing was stored; what was typed is still the page's.</summary>
/// <param name="item">The item's key.</param>
/// <param name="annotator">Whose lease it was.</param>
/// <param name="found">What became of it.</param>
public sealed class LeaseLostException(long item, string annotator, string found)
    : StoreException(FormattableString.Invariant(
        $"The decision on item {item} was not stored: the item should still be {annotator}'s but {found}. ")
        + "What was typed is kept; open the item again, or save a draft.")
{
    /// <summary>The item's key.</summary>
    public long Item => item;

    /// <summary>Whose lease it was.</summary>
    public string Annotator => annotator;
}

/// <summary>An item is not there, or no longer: its run was deleted.</summary>
/// <param name="item">The item's key.</param>
public sealed class ReviewItemNotFoundException(long item)
    : StoreException(FormattableString.Invariant($"Item {item} should be in the store but is not: its run was deleted, or it never was. ")
        + "Nothing was stored; copy what was typed before you leave the page.")
{
    /// <summary>The item's key.</summary>
    public long Item => item;
}

/// <summary>The threshold, or the scale of scores, is no longer the one that a person was shown. Nothing was stored.</summary>
/// <param name="from">What they were shown.</param>
/// <param name="newest">The change that came between.</param>
public sealed class ThresholdMovedException(GuardRule from, ThresholdChange newest)
    : StoreException(FormattableString.Invariant(
        $"The threshold was not moved: {from} should be in force but {newest.Who} moved it to {newest.Rule}. ")
        + "Look at what would change from there, and apply again.");
