using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Queue;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using static SEAS.Tests.Review.ReviewFolder;

namespace SEAS.Tests.Review;

public sealed class UndoTests : IDisposable
{
    private readonly ReviewFolder _at = new();

    public UndoTests() => _at.Ask(labels: 1);

    private DecisionRepository Decisions => _at.Review.Decisions;

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Undo_goes_back_step_by_step_and_stops_at_the_beginning()
    {
        var keys = _at.Add(3);
        var taken = keys.Select(key => _at.Label(key, "Ann")).Reverse().Select(decision => decision.Id);
        _at.Label(_at.Add(_at.Candidate(9))[0], "Ben");

        Assert.Equal(taken, keys.Select(_ => Decisions.Undo(_at.Run, "Ann")!.Taken.Id));
        Assert.Null(Decisions.Undo(_at.Run, "Ann"));
        Assert.Equal("Ben", Assert.Single(Decisions.Current(_at.Run)).Annotator);
    }

    [Fact]
    public void What_a_label_replaced_stands_again_when_it_is_taken_back()
    {
        var key = _at.Add(1)[0];
        var first = _at.Label(key, "Ann");
        var second = _at.Label(key, "Ann", SafetyLabel.Safe);
        Assert.Equal(first.Id, second.Replaces);

        var undone = Decisions.Undo(_at.Run, "Ann")!;
        Assert.Equal(first, Assert.Single(Decisions.Current(_at.Run)));

        var third = Decisions.Record(Submit(undone.Lease!, SafetyLabel.CannotTell));
        Assert.Equal(first.Id, third.Replaces);
        Decisions.Undo(_at.Run, "Ann");
        Decisions.Undo(_at.Run, "Ann");
        Assert.Empty(Decisions.Current(_at.Run));
        Assert.Equal(6, Decisions.History(key).Count);
    }

    [Fact]
    public void A_leads_decision_can_be_taken_back_too()
    {
        var key = _at.Add(1)[0];
        _at.Label(key, "Ann", SafetyLabel.Safe);
        Decisions.Record(Adjudicate(key, "Lea", SafetyLabel.Unsafe));
        Decisions.Record(Adjudicate(key, "Max", SafetyLabel.CannotTell));

        Decisions.Undo(_at.Run, "Lea");   // no longer the one that stands
        Assert.Equal(["Max"], Decisions.Effective(_at.Run, 1)[0].Annotators);
        Decisions.Undo(_at.Run, "Max");   // and hers must not come back

        var label = Assert.Single(Decisions.Effective(_at.Run, 1));
        Assert.Equal((false, ReviewState.Agreed), (label.Unsafe, label.State));
    }

    [Fact]
    public void A_group_is_labelled_at_once_but_for_what_others_have_and_what_is_labelled_and_undone_at_once()
    {
        var keys = _at.Add([.. Enumerable.Range(0, 5).Select(seed => _at.Candidate(seed, group: "g"))]);
        _at.Label(keys[1], "Ann", SafetyLabel.Safe);
        _at.Label(keys[2], "Ben", SafetyLabel.Safe);
        var held = _at.Review.Queue.Open(keys[3], "Ben")!;
        Assert.Equal(keys, _at.Review.Items.Group(_at.Run, "g").Select(item => item.Key));

        var recorded = Decisions.RecordAll([.. keys.Select(key => Bulk(key, "Ann"))]);

        Assert.Equal([keys[0], keys[4]], recorded.Select(decision => decision.Item));
        Assert.Equal(DecisionOrigin.Bulk, recorded[0].Origin);
        Decisions.Record(Submit(held));
        var undone = Decisions.Undo(_at.Run, "Ann")!;
        Assert.Equal((2, keys[4]), (undone.Count, undone.Taken.Item));
        Assert.Equal(ReviewState.Pending, _at.Item(keys[0]).State);
        Assert.Equal(SafetyLabel.Safe, Decisions.Current(_at.Run).Single(decision => decision.Annotator == "Ann").Answers.Safety);
    }

    [Fact]
    public void A_single_bulk_decision_on_what_somebody_has_in_front_of_them_is_refused()
    {
        var key = _at.Add(1)[0];
        _at.Review.Queue.Open(key, "Ben");

        Assert.Throws<LeaseLostException>(() => Decisions.Record(Bulk(key, "Ann")));
        Assert.Throws<ArgumentException>(() => Decisions.RecordAll([Bulk(key, "Ann") with { Origin = DecisionOrigin.Person }]));
    }

    private static NewDecision Bulk(long key, string annotator) => new(
        key, annotator, DecisionKind.Submit, new LabelAnswers { Safety = SafetyLabel.Unsafe }, 1, "all the same", 0, false,
        DecisionOrigin.Bulk, "batch 1", Token: null);
}
