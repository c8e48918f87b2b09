using SEAS.Data.Contracts.Review;
using SEAS.Tests.Review;
using SEAS.Training.Review;
using SEAS.Web.Live.Review;

namespace SEAS.Tests.Web.Review;

/// <summary>What a person typed is never lost, and what they saw is counted.</summary>
public sealed class ReviewLossTests : IDisposable
{
    private const string Typed = "It names a place and a time.";

    private readonly ReviewFolder _at = new();

    public ReviewLossTests() => _at.Ask(labels: 1);

    public void Dispose() => _at.Dispose();

    [Fact]
    public void A_lease_that_ran_out_with_nobody_else_there_costs_nothing()
    {
        var item = Assert.Single(_at.Add(1));
        var session = BeginTyping();

        _at.At.Clock.Now += TimeSpan.FromHours(2);
        session.Press(ReviewAction.Submit, item);

        Assert.Equal(Typed, Assert.Single(_at.Review.Decisions.History(item)).Answers.Note);
        Assert.Equal(ReviewState.Agreed, _at.Item(item).State);
    }

    [Fact]
    public void A_lease_that_went_to_somebody_else_keeps_the_text_on_the_page_and_as_a_draft()
    {
        var item = Assert.Single(_at.Add(1));
        var session = BeginTyping();
        _at.At.Clock.Now += TimeSpan.FromHours(2);
        var other = _at.Review.Queue.Next(_at.Run, "Bob")!;
        _at.Review.Decisions.Record(ReviewFolder.Submit(other, SafetyLabel.Safe));

        session.Press(ReviewAction.Submit, item);

        Assert.Equal("lost", session.Notice!.Kind);
        Assert.Equal(Typed, session.Answers.Note);
        Assert.Equal(item, session.Card!.Item.Key);
        Assert.Equal(Typed, _at.Review.Decisions.Draft(item, "Ann")!.Note);
        Assert.Equal(["Bob"], _at.Review.Decisions.Current(_at.Run).Select(decision => decision.Annotator));
        session.Press(ReviewAction.Skip, item);
        Assert.Null(session.Card);
    }

    [Fact]
    public void A_lease_that_somebody_else_holds_now_is_not_taken_from_them()
    {
        var item = Assert.Single(_at.Add(1));
        var session = BeginTyping();
        _at.At.Clock.Now += TimeSpan.FromHours(2);
        var other = _at.Review.Queue.Next(_at.Run, "Bob")!;

        session.Press(ReviewAction.Submit, item);

        Assert.Equal("lost", session.Notice!.Kind);
        _at.Review.Decisions.Record(ReviewFolder.Submit(other, SafetyLabel.Safe));   // still his
    }

    [Fact]
    public void A_page_that_is_left_keeps_what_was_typed_for_the_next_time()
    {
        _at.Add(1);
        BeginTyping().Close();

        var session = new ReviewSession(_at.At.Store, _at.Run, "Ann", _at.At.Clock);

        Assert.Equal(Typed, session.Answers.Note);
        Assert.Equal(SafetyLabel.Unsafe, session.Answers.Safety);
    }

    [Fact]
    public void Text_that_only_the_browser_kept_is_taken_up_again_at_its_item()
    {
        var keys = _at.Add(3);
        var session = new ReviewSession(_at.At.Store, _at.Run, "Ann", _at.At.Clock);
        var other = keys.First(key => key != session.Card!.Item.Key);

        session.Restore(other, answers => answers with { Note = Typed });

        Assert.Equal((other, Typed), (session.Card!.Item.Key, session.Answers.Note));
    }

    [Fact]
    public void A_run_that_was_deleted_meanwhile_is_told_and_the_text_stays()
    {
        var item = Assert.Single(_at.Add(1));
        var session = BeginTyping();
        _at.At.Alter($"PRAGMA foreign_keys = ON; DELETE FROM runs WHERE id = '{_at.Run}';");

        session.Press(ReviewAction.Submit, item);

        Assert.Equal("failed", session.Notice!.Kind);
        Assert.Equal(Typed, session.Answers.Note);
    }

    [Fact]
    public void Exposure_is_counted_once_for_each_text_and_a_pause_is_suggested()
    {
        _at.Add(3);
        _at.Review.Settings.Save(_at.Run, new ReviewSettings { OverlapShare = 0, PauseAfterHarmful = 2 });
        var session = new ReviewSession(_at.At.Store, _at.Run, "Ann", _at.At.Clock);

        session.Press(ReviewAction.Reveal, 0);
        session.Press(ReviewAction.Reveal, 0);
        session.Press(ReviewAction.KeepRevealed, 0);
        Assert.Equal(1, _at.Review.Annotators.Find("Ann")!.Harmful);
        Assert.False(session.IsPauseDue);
        session.Press(ReviewAction.Decide2, 0);

        Assert.True(session.IsPauseDue);
        session.Press(ReviewAction.Decide2, 0);
        Assert.False(session.IsRevealed);   // the pause is suggested by the blur, too
        Assert.Equal(2, _at.Review.Annotators.Find("Ann")!.Harmful);
        session.Rested();
        Assert.False(session.IsPauseDue);
    }

    [Fact]
    public void A_group_is_labelled_at_once_only_after_each_member_was_looked_at_and_undone_at_once()
    {
        var keys = _at.Add([.. Enumerable.Range(0, 4).Select(seed => _at.Candidate(seed, group: "g1"))]);
        var session = new ReviewSession(_at.At.Store, _at.Run, "Ann", _at.At.Clock);
        var group = new GroupLabelling(_at.At.Store, session.Card!.Item, "Ann", guidelineVersion: 1);
        var answers = new LabelAnswers { Safety = SafetyLabel.Safe, Note = "only of the first" };

        Assert.Throws<InvalidOperationException>(() => group.Label(answers, seconds: 8));
        foreach (var member in group.Members.Skip(1))
        {
            group.Look(member);
        }

        group.Toggle(group.Members[0].Key);
        var outcome = group.Label(answers, seconds: 9);
        session.AfterGroup(outcome);

        Assert.Equal(3, outcome.Labelled.Count);
        var labelled = _at.Review.Decisions.Current(_at.Run);
        Assert.All(labelled, decision => Assert.Equal((DecisionOrigin.Bulk, 3.0), (decision.Origin, decision.Seconds)));
        Assert.All(labelled, decision => Assert.Null(decision.Answers.Note));
        session.Press(ReviewAction.Undo, 0);
        Assert.Empty(_at.Review.Decisions.Current(_at.Run));
        Assert.All(keys, key => Assert.Equal(ReviewState.Pending, _at.Item(key).State));
    }

    private ReviewSession BeginTyping()
    {
        var session = new ReviewSession(_at.At.Store, _at.Run, "Ann", _at.At.Clock);
        session.Press(ReviewAction.Reveal, 0);
        session.Press(ReviewAction.Choose2, 0);
        session.Write(session.Answers with { Note = Typed });
        return session;
    }
}
