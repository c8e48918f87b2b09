using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Queue;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using static SEAS.Tests.Review.ReviewFolder;

namespace SEAS.Tests.Review;

public sealed class LeaseClockTests : IDisposable
{
    private readonly ReviewFolder _at = new();

    public LeaseClockTests()
    {
        _at.Ask(labels: 1);
        _at.Add(1);
    }

    private ReviewQueue Queue => _at.Review.Queue;

    public void Dispose() => _at.Dispose();

    [Fact]
    public void A_clock_that_jumps_back_neither_gives_an_item_to_two_nor_keeps_it_for_hours()
    {
        var ann = Queue.Next(_at.Run, "Ann")!;
        _at.At.Clock.Now -= TimeSpan.FromHours(5);

        Assert.Null(Queue.Next(_at.Run, "Ben"));
        _at.At.Clock.Now += TimeSpan.FromSeconds(301);

        Assert.NotNull(Queue.Next(_at.Run, "Ben"));
        Assert.Throws<LeaseLostException>(() => _at.Review.Decisions.Record(Submit(ann)));
    }

    [Fact]
    public void A_clock_that_jumps_ahead_gives_the_item_on_and_refuses_the_first_ones_label()
    {
        var ann = Queue.Next(_at.Run, "Ann")!;
        _at.At.Clock.Now += TimeSpan.FromDays(400);
        var ben = Queue.Next(_at.Run, "Ben")!;

        Assert.Throws<LeaseLostException>(() => _at.Review.Decisions.Record(Submit(ann)));
        _at.Review.Decisions.Record(Submit(ben));
        Assert.Single(_at.Review.Decisions.Current(_at.Run));
    }

    [Fact]
    public void A_lease_that_ran_out_while_typing_is_still_good_until_somebody_else_has_the_item()
    {
        var ann = Queue.Next(_at.Run, "Ann")!;
        _at.At.Clock.Now += TimeSpan.FromDays(1);

        Assert.True(Queue.Renew(ann.Token));
        _at.At.Clock.Now += TimeSpan.FromDays(1);
        _at.Review.Decisions.Record(Submit(ann));

        Assert.Equal(ReviewState.Agreed, _at.Item(ann.Item.Key).State);
    }

    [Fact]
    public void What_was_typed_can_be_kept_as_a_draft_when_the_lease_is_lost()
    {
        var ann = Queue.Next(_at.Run, "Ann")!;
        _at.At.Clock.Now += TimeSpan.FromDays(1);
        Queue.Next(_at.Run, "Ben");
        var typed = new LabelAnswers { Note = "half a sentence", Corrected = "I will" };

        Assert.Throws<LeaseLostException>(() => _at.Review.Decisions.Record(Decide(ann, DecisionKind.Submit, typed)));
        _at.Review.Decisions.Record(Decide(ann, DecisionKind.Draft, typed));

        Assert.Equal(typed, _at.Review.Decisions.Draft(ann.Item.Key, "Ann"));
        Assert.Null(_at.Review.Decisions.Draft(ann.Item.Key, "Ben"));
        Assert.Equal(ReviewState.Pending, _at.Item(ann.Item.Key).State);
    }

    [Fact]
    public void A_second_window_of_the_same_person_takes_the_item_over_from_the_first()
    {
        var first = Queue.Open(1, "Ann")!;
        var second = Queue.Open(1, "Ann")!;

        var refused = Assert.Throws<LeaseLostException>(() => _at.Review.Decisions.Record(Submit(first)));
        Assert.Contains("was opened again in another window", refused.Message, StringComparison.Ordinal);
        _at.Review.Decisions.Record(Submit(second));
    }

    [Fact]
    public void After_a_restart_a_person_gets_back_what_they_held_and_others_do_not()
    {
        var ann = Queue.Next(_at.Run, "Ann")!;
        _at.At.Reopen();

        Assert.Null(Queue.Next(_at.Run, "Ben"));
        var again = Queue.Next(_at.Run, "Ann")!;
        Assert.Equal(ann.Item, again.Item);
        Assert.Null(Queue.Next(_at.Run, "Ann"));
        Assert.Throws<LeaseLostException>(() => _at.Review.Decisions.Record(Submit(ann)));
        _at.Review.Decisions.Record(Submit(again));
    }
}
