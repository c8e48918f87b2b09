using SEAS.Data.Review;

namespace SEAS.Web.Live.Review;

/// <summary>Items that a link from another page names.</summary>
public sealed partial class ReviewSession
{
    /// <summary>Takes up one certain item of this run; says so where it cannot be had.</summary>
    public void Open(long item)
    {
        if (Card?.Item.Key == item)
        {
            return;
        }

        if (_store.Review.Items.Find(item)?.Run != Run || _shelf.Open(item) is not { } card)
        {
            Notice = ReviewNotice.Hint("The item of that link is done, or somebody else has it. This is the next one.");
            return;
        }

        PutAside();
        Show(card);
    }
}
