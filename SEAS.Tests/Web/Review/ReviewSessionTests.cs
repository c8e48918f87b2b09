using SEAS.Data.Contracts.Review;
using SEAS.Tests.Review;
using SEAS.Training.Review;
using SEAS.Web.Live.Review;

namespace SEAS.Tests.Web.Review;

/// <summary>One person at the labelling page, without a page.</summary>
public sealed class ReviewSessionTests : IDisposable
{
    private readonly ReviewFolder _at = new();

    public ReviewSessionTests() => _at.Ask(labels: 1);

    public void Dispose() => _at.Dispose();

    [Fact]
    public void With_one_question_a_key_decides_and_the_next_item_is_in_hand()
    {
        var keys = _at.Add(3);
        var session = Begin(ReviewQuestions.Safety);
        var first = Item(session);

        Press(session, ReviewAction.Choose2);

        Assert.NotEqual(first, Item(session));
        var decision = Assert.Single(_at.Review.Decisions.History(first));
        Assert.Equal((DecisionKind.Submit, SafetyLabel.Unsafe), (decision.Kind, decision.Answers.Safety!.Value));
        Assert.Contains(first, keys);
        Assert.Equal("unsafe", session.Last!.Words);
    }

    [Fact]
    public void With_several_questions_keys_choose_and_Enter_goes_on()
    {
        _at.Add(2);
        var session = Begin(ReviewQuestions.All);
        var first = Item(session);

        Press(session, ReviewAction.Choose2, ReviewAction.Choose5, ReviewAction.Choose9);
        Assert.Empty(_at.Review.Decisions.History(first));
        Press(session, ReviewAction.Submit);

        var answers = Assert.Single(_at.Review.Decisions.History(first)).Answers;
        Assert.Equal(SafetyLabel.Unsafe, answers.Safety);
        Assert.Equal(BehaviourLabel.PartlyRefused, answers.Behaviour);
        Assert.Equal(PromptLabel.Ambiguous, answers.Prompt);
        Assert.Equal("Role_Play", answers.Style);
        Assert.Null(answers.Category);
    }

    [Fact]
    public void Shift_with_a_label_decides_at_once_whatever_else_is_asked()
    {
        _at.Add(2);
        var session = Begin(ReviewQuestions.All);
        var first = Item(session);

        Press(session, ReviewAction.Decide1);

        Assert.Equal(SafetyLabel.Safe, Assert.Single(_at.Review.Decisions.History(first)).Answers.Safety);
    }

    [Fact]
    public void Choosing_the_same_label_again_takes_it_away()
    {
        _at.Add(1);
        var session = Begin(ReviewQuestions.All);

        Press(session, ReviewAction.Choose1, ReviewAction.Choose1);

        Assert.Null(session.Answers.Safety);
    }

    [Fact]
    public void Nothing_is_submitted_before_the_first_question_is_answered()
    {
        _at.Add(1);
        var session = Begin(ReviewQuestions.All);
        var item = Item(session);

        Press(session, ReviewAction.Choose4, ReviewAction.Submit);

        Assert.Empty(_at.Review.Decisions.History(item));
        Assert.Equal("Choose first: 1 safe, 2 unsafe, 3 can't tell. Or skip.", session.Notice!.Text);
    }

    [Fact]
    public void A_text_that_nobody_read_is_shown_and_not_labelled()
    {
        _at.Add(1);
        var session = Begin(ReviewQuestions.Safety, keepRevealed: false);
        var item = Item(session);

        Press(session, ReviewAction.Choose2);

        Assert.True(session.IsRevealed);
        Assert.Empty(_at.Review.Decisions.History(item));
        Press(session, ReviewAction.Choose2);
        Assert.Single(_at.Review.Decisions.History(item));
    }

    [Fact]
    public void A_key_meant_for_the_item_before_does_nothing_to_this_one()
    {
        _at.Add(2);
        var session = Begin(ReviewQuestions.Safety);
        var first = Item(session);

        session.Press(ReviewAction.Choose2, first);
        var second = Item(session);
        session.Press(ReviewAction.Choose2, first);

        Assert.Equal(second, Item(session));
        Assert.Empty(_at.Review.Decisions.History(second));
    }

    [Fact]
    public void Undo_brings_the_item_back_with_its_answers_and_redo_submits_them_again()
    {
        _at.Add(3);
        var session = Begin(ReviewQuestions.Safety);
        var first = Item(session);
        Press(session, ReviewAction.Choose2);
        var second = Item(session);

        Press(session, ReviewAction.Undo);
        Assert.Equal(first, Item(session));
        Assert.Equal(SafetyLabel.Unsafe, session.Answers.Safety);
        Assert.Equal(ReviewState.Pending, _at.Item(first).State);
        Press(session, ReviewAction.Redo);

        Assert.Equal(ReviewState.Agreed, _at.Item(first).State);
        Assert.Equal(second, Item(session));
    }

    [Fact]
    public void Looking_back_shows_what_was_said_and_a_change_replaces_it_without_forgetting()
    {
        _at.Add(3);
        var session = Begin(ReviewQuestions.All);
        var first = Item(session);
        Press(session, ReviewAction.Decide2);
        var second = Item(session);

        Press(session, ReviewAction.Previous);
        Assert.Equal((first, SafetyLabel.Unsafe), (Item(session), session.Answers.Safety!.Value));
        Press(session, ReviewAction.Decide1);

        Assert.Equal(second, Item(session));
        var history = _at.Review.Decisions.History(first);
        Assert.Equal([SafetyLabel.Unsafe, SafetyLabel.Safe], history.Select(decision => decision.Answers.Safety!.Value));
        Assert.Equal(history[0].Id, history[1].Replaces);
    }

    [Fact]
    public void What_was_begun_on_an_item_is_still_there_after_looking_back()
    {
        _at.Add(3);
        var session = Begin(ReviewQuestions.All);
        Press(session, ReviewAction.Decide2, ReviewAction.Choose3);
        session.Write(session.Answers with { Note = "half a thought" });

        Press(session, ReviewAction.Previous, ReviewAction.Next);

        Assert.Equal("half a thought", session.Answers.Note);
        Assert.Equal(SafetyLabel.CannotTell, session.Answers.Safety);
    }

    [Fact]
    public async Task Two_people_never_have_the_same_item_in_hand()
    {
        var keys = _at.Add(40);
        var (ann, bob) = (Begin(ReviewQuestions.Safety), Begin(ReviewQuestions.Safety, "Bob"));
        var done = new List<long>();
        while (ann.Card is not null || bob.Card is not null)
        {
            foreach (var session in new[] { ann, bob }.Where(session => session.Card is not null))
            {
                done.Add(Item(session));
                Press(session, ReviewAction.Choose1);
                await session.FillAsync();
                session.LookAgain();
            }
        }

        Assert.Equal(keys.Order(), done.Order());
        Assert.All(keys, key => Assert.Single(_at.Review.Decisions.History(key)));
    }

    [Fact]
    public async Task Items_fetched_ahead_come_in_the_queues_order_and_go_back_when_the_page_is_left()
    {
        var keys = _at.Add(_at.Candidate(0, value: 1), _at.Candidate(1, value: 3), _at.Candidate(2, value: 2));
        var session = Begin(ReviewQuestions.Safety);
        await session.FillAsync();
        Assert.Null(_at.Review.Queue.Next(_at.Run, "Bob"));

        Assert.Equal(keys[1], Item(session));
        Press(session, ReviewAction.Choose1);
        Assert.Equal(keys[2], Item(session));
        session.Close();

        Assert.Equal(keys[2], _at.Review.Queue.Next(_at.Run, "Bob")!.Item.Key);
    }

    private static long Item(ReviewSession session) => session.Card!.Item.Key;

    private static void Press(ReviewSession session, params ReviewAction[] actions)
    {
        foreach (var action in actions)
        {
            session.Press(action, session.Card?.Item.Key ?? 0);
        }
    }

    private ReviewSession Begin(ReviewQuestions questions, string annotator = "Ann", bool keepRevealed = true)
    {
        _at.Review.Settings.Save(_at.Run, _at.Review.Settings.Get(_at.Run) with { Questions = questions });
        var session = new ReviewSession(_at.At.Store, _at.Run, annotator, _at.At.Clock);
        if (keepRevealed)
        {
            session.Press(ReviewAction.KeepRevealed, seen: 0);
        }

        return session;
    }
}
