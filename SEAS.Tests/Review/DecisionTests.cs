using SEAS.Data.Contracts.Review;
using SEAS.Data.Review;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using static SEAS.Tests.Review.ReviewFolder;

namespace SEAS.Tests.Review;

public sealed class DecisionTests : IDisposable
{
    private readonly ReviewFolder _at = new();

    private ReviewStore Review => _at.Review;

    public void Dispose() => _at.Dispose();

    [Fact]
    public void A_label_reads_back_with_everything_that_was_said()
    {
        _at.Ask(labels: 1);
        var key = _at.Add(1)[0];
        var answers = new LabelAnswers
        {
            Safety = SafetyLabel.CannotTell,
            Behaviour = BehaviourLabel.PartlyRefused,
            Prompt = PromptLabel.Ambiguous,
            Category = "Health_Harm",
            Style = "Role_Play",
            Note = "a note with ' and ⚠",
            Corrected = "I will not help with that.",
            Invalid = true,
        };
        var lease = Review.Queue.Next(_at.Run, "Ann")!;

        var recorded = Review.Decisions.Record(Decide(lease, DecisionKind.Submit, answers) with { Reason = "why", Batch = "b" });

        Assert.Equal(
            new Decision(
                recorded.Id, _at.Run, key, "Ann", DecisionKind.Submit, answers, 2.5, "why", 1, true, DecisionOrigin.Person, "b",
                _at.At.Clock.Now, null),
            recorded);
        Assert.Equal([recorded], Review.Decisions.History(key));
        Assert.Equal([recorded], Review.Decisions.OfRound(_at.Run, 1));
        Assert.Equal([recorded], Review.Decisions.Current(_at.Run));
        Assert.Empty(Review.Decisions.OfRound(_at.Run, 2));
    }

    [Fact]
    public void Labels_of_as_many_people_as_asked_for_settle_an_item()
    {
        _at.Ask(labels: 2);
        var keys = _at.Add(3);

        _at.Label(keys[0], "Ann");
        Assert.Equal((ReviewState.Partial, 1), (_at.Item(keys[0]).State, _at.Item(keys[0]).Submissions));
        _at.Label(keys[0], "Ben");
        Assert.Equal((ReviewState.Agreed, 2), (_at.Item(keys[0]).State, _at.Item(keys[0]).Submissions));

        _at.Label(keys[1], "Ann");
        _at.Label(keys[1], "Ben", SafetyLabel.Safe);
        Assert.Equal(ReviewState.Conflict, _at.Item(keys[1]).State);

        Assert.Equal(ReviewState.Pending, _at.Item(keys[2]).State);
        Assert.Equal(
            [new StateCount(ReviewState.Agreed, 1), new StateCount(ReviewState.Conflict, 1), new StateCount(ReviewState.Pending, 1)],
            Review.Items.CountsByState(_at.Run, 1));
    }

    [Fact]
    public void A_leads_decision_is_gold_and_the_history_keeps_both_sides()
    {
        _at.Ask(labels: 2);
        var key = _at.Add(1)[0];
        _at.Label(key, "Ann");
        _at.Label(key, "Ben", SafetyLabel.Safe);
        Assert.Null(Assert.Single(Review.Decisions.Effective(_at.Run, 1)).Unsafe);

        var gold = Review.Decisions.Record(Adjudicate(key, "Lea", SafetyLabel.Unsafe));

        var label = Assert.Single(Review.Decisions.Effective(_at.Run, 1));
        Assert.Equal((true, ReviewState.Gold), (label.Unsafe, label.State));
        Assert.Equal(["Lea"], label.Annotators);
        Assert.Equal([gold.Id], label.Decisions);
        Assert.Equal(["Ann", "Ben", "Lea"], Review.Decisions.History(key).Select(decision => decision.Annotator));
    }

    [Fact]
    public void A_decision_without_a_lease_or_with_anothers_stores_nothing()
    {
        var key = _at.Add(2)[0];
        var lease = Review.Queue.Open(key, "Ann")!;

        Assert.Throws<LeaseLostException>(() => Review.Decisions.Record(Submit(lease) with { Token = null }));
        Assert.Throws<LeaseLostException>(() => Review.Decisions.Record(Submit(lease) with { Annotator = "Ben" }));
        Assert.Throws<LeaseLostException>(() => Review.Decisions.Record(Submit(lease) with { Item = key + 1 }));
        Assert.Empty(Review.Decisions.Current(_at.Run));

        Review.Decisions.Record(Submit(lease));
        var refused = Assert.Throws<LeaseLostException>(() => Review.Decisions.Record(Submit(lease)));
        Assert.Equal(
            $"The decision on item {key} was not stored: the item should still be Ann's but has this person's decision already. " +
            "What was typed is kept; open the item again, or save a draft.",
            refused.Message);
        Assert.Single(Review.Decisions.History(key));
    }

    [Fact]
    public void Once_an_item_has_the_labels_it_needs_nobody_adds_one_by_mistake()
    {
        _at.Ask(labels: 2);
        var key = _at.Add(1)[0];
        var ann = Review.Queue.Open(key, "Ann")!;
        var ben = Review.Queue.Open(key, "Ben")!;
        Review.Decisions.Record(Adjudicate(key, "Lea", SafetyLabel.Safe));

        Assert.Throws<LeaseLostException>(() => Review.Decisions.Record(Submit(ann)));
        Assert.Throws<LeaseLostException>(() => Review.Decisions.Record(Submit(ben)));

        _at.Label(key, "Ann");   // whoever opens it means to
        Assert.Equal(ReviewState.Gold, _at.Item(key).State);
    }

    [Fact]
    public void Undo_takes_back_the_newest_decision_and_hands_the_item_out_again()
    {
        _at.Ask(labels: 1);
        var keys = _at.Add(2);
        _at.Label(keys[0], "Ann");
        var second = _at.Label(keys[1], "Ann", SafetyLabel.Safe);

        var undone = Review.Decisions.Undo(_at.Run, "Ann")!;

        Assert.Equal((second, keys[1], 1), (undone.Taken, undone.Lease!.Item.Key, undone.Count));
        Assert.Equal((DecisionKind.Undo, second.Id), (undone.Undo.Kind, undone.Undo.Replaces));
        Assert.Equal(ReviewState.Pending, _at.Item(keys[1]).State);
        Assert.Equal(SafetyLabel.Safe, Review.Decisions.Draft(keys[1], "Ann")!.Safety);
        Review.Decisions.Record(Submit(undone.Lease));
        Assert.Equal([DecisionKind.Submit, DecisionKind.Undo, DecisionKind.Submit], Review.Decisions.History(keys[1]).Select(d => d.Kind));
    }
}
