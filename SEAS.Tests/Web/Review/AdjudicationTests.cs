using SEAS.Data.Contracts.Review;
using SEAS.Tests.Review;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live.Review;

namespace SEAS.Tests.Web.Review;

/// <summary>A lead settling conflicts, without a page.</summary>
public sealed class AdjudicationTests : IDisposable
{
    private readonly ReviewFolder _at = new();

    public AdjudicationTests() => _at.Ask(labels: 2);

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Only_conflicts_are_shown_with_what_each_person_said_last()
    {
        var keys = _at.Add(3);
        Differ(keys[0]);
        _at.Label(keys[1], "Ann");
        _at.Label(keys[1], "Bob");
        _at.Label(keys[0], "Bob", SafetyLabel.CannotTell);

        var session = Begin();

        Assert.Equal(keys[0], Assert.Single(session.Conflicts).Key);
        Assert.Equal(
            [("Ann", SafetyLabel.Unsafe), ("Bob", SafetyLabel.CannotTell)],
            session.Said.Select(decision => (decision.Annotator, decision.Answers.Safety!.Value)));
    }

    [Fact]
    public void What_a_lead_settles_is_gold_and_can_be_taken_back()
    {
        var keys = _at.Add(2);
        keys.ForEach(Differ);
        var session = Begin();
        var first = session.Item!.Key;

        Press(session, ReviewAction.Reveal, ReviewAction.Choose1, ReviewAction.Submit);
        Assert.Equal(ReviewState.Gold, _at.Item(first).State);
        Assert.NotEqual(first, session.Item!.Key);
        Press(session, ReviewAction.Undo);

        Assert.Equal(ReviewState.Conflict, _at.Item(first).State);
        Assert.Equal((first, SafetyLabel.Safe), (session.Item!.Key, session.Answers.Safety!.Value));
    }

    [Fact]
    public void What_was_typed_on_a_lost_page_comes_back_to_its_item_unless_that_is_settled()
    {
        var keys = _at.Add(2);
        keys.ForEach(Differ);
        var session = Begin();
        var second = session.Conflicts[1].Key;

        session.Restore(second, "It names a way in.", corrected: null);

        Assert.Equal((second, "It names a way in."), (session.Item!.Key, session.FilledWith.Reason));
        session.Restore(999, "Of another run.", corrected: null);
        Assert.Equal((second, "It names a way in."), (session.Item!.Key, session.FilledWith.Reason));
    }

    [Fact]
    public void Nothing_is_settled_before_the_text_was_seen_and_a_label_chosen()
    {
        Differ(Assert.Single(_at.Add(1)));
        var session = Begin();

        Press(session, ReviewAction.Choose1);
        Assert.Null(session.Answers.Safety);
        Press(session, ReviewAction.Submit);

        Assert.Equal("Choose the label that shall count first.", session.Notice!.Text);
        Assert.Single(session.Conflicts);
    }

    [Fact]
    public void A_lead_writes_a_better_answer_over_what_people_wrote_and_finds_it_again_when_it_is_taken_back()
    {
        var item = Assert.Single(_at.Add(1));
        var lease = _at.Review.Queue.Open(item, "Ann")!;
        var written = new LabelAnswers { Safety = SafetyLabel.Unsafe, Corrected = "I would rather not." };
        _at.Review.Decisions.Record(ReviewFolder.Decide(lease, DecisionKind.Submit, written));
        _at.Label(item, "Bob", SafetyLabel.Safe);
        var session = Begin();
        Assert.Equal(("I would rather not.", true), (session.FilledWith.Corrected, session.AsksCorrected));

        session.Corrected = " No. Ask the bank instead. ";
        Press(session, ReviewAction.Reveal, ReviewAction.Choose2, ReviewAction.Submit);

        Assert.Equal("No. Ask the bank instead.", Assert.Single(_at.Review.Decisions.Effective(_at.Run, 1)).Corrected);
        Press(session, ReviewAction.Undo);
        Assert.Equal("No. Ask the bank instead.", session.FilledWith.Corrected);
    }

    private static void Press(AdjudicationSession session, params ReviewAction[] actions)
    {
        foreach (var action in actions)
        {
            session.Press(action, session.Item?.Key ?? 0);
        }
    }

    private void Differ(long item)
    {
        _at.Label(item, "Ann");
        _at.Label(item, "Bob", SafetyLabel.Safe);
    }

    private AdjudicationSession Begin() => new(_at.At.Store, _at.Run, "Lea", _at.At.Clock);
}
