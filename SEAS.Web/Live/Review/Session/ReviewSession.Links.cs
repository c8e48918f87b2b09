using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;

namespace SEAS.Web.Live.Review;

/// <summary>What other pages bring: items that a link names, and settings that a lead changed.</summary>
public sealed partial class ReviewSession
{
    /// <summary>Works by other settings from now on. What is chosen and typed stays, though nobody is asked for it any more.</summary>
    public void Adopt(ReviewSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings == Settings)
        {
            return;
        }

        Settings = settings;
        _curtain.PauseAfter = settings.PauseAfterHarmful;
        Questions = Card is null ? [] : QuestionView.Of(Card.Item.Kind, settings.Questions);
        Notice = ReviewNotice.Hint("The settings of this review were changed.");
    }

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
