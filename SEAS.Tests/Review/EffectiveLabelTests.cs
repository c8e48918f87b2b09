using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Queue;
using SEAS.Training.Runs.Context;
using static SEAS.Tests.Review.ReviewFolder;

namespace SEAS.Tests.Review;

public sealed class EffectiveLabelTests : IDisposable
{
    private readonly ReviewFolder _at = new();

    private DecisionRepository Decisions => _at.Review.Decisions;

    public void Dispose() => _at.Dispose();

    [Theory]
    [InlineData(SafetyLabel.Unsafe, SafetyLabel.Unsafe, true, ReviewState.Agreed)]
    [InlineData(SafetyLabel.Safe, SafetyLabel.Safe, false, ReviewState.Agreed)]
    [InlineData(SafetyLabel.Safe, SafetyLabel.Unsafe, null, ReviewState.Conflict)]
    [InlineData(SafetyLabel.Unsafe, SafetyLabel.CannotTell, null, ReviewState.Conflict)]
    [InlineData(SafetyLabel.CannotTell, SafetyLabel.CannotTell, null, ReviewState.Agreed)]
    public void Two_labels_come_to_what_both_say(SafetyLabel first, SafetyLabel second, bool? expected, ReviewState state)
    {
        _at.Ask(labels: 2);
        var key = _at.Add(1)[0];
        var ben = _at.Label(key, "Ben", first);
        var ann = _at.Label(key, "Ann", second);

        var label = Assert.Single(Decisions.Effective(_at.Run, 1));

        Assert.Equal((expected, state, key, 0), (label.Unsafe, label.State, label.Item, label.SeedIndex));
        Assert.Equal(["Ann", "Ben"], label.Annotators);
        Assert.Equal([ben.Id, ann.Id], label.Decisions);
    }

    [Fact]
    public void One_label_of_two_counts_already_and_says_that_it_is_partial()
    {
        _at.Ask(labels: 2);
        _at.Label(_at.Add(1)[0], "Ann");

        var label = Assert.Single(Decisions.Effective(_at.Run, 1));

        Assert.Equal((true, ReviewState.Partial), (label.Unsafe, label.State));
    }

    [Fact]
    public void People_who_differ_on_what_the_answer_did_may_still_agree_that_it_is_unsafe()
    {
        _at.Ask(labels: 2);
        var key = _at.Add(1)[0];
        Say(key, "Ann", new LabelAnswers { Safety = SafetyLabel.Unsafe, Behaviour = BehaviourLabel.Complied });
        Say(key, "Ben", new LabelAnswers { Safety = SafetyLabel.Unsafe, Behaviour = BehaviourLabel.PartlyRefused });

        var label = Assert.Single(Decisions.Effective(_at.Run, 1));

        Assert.Equal((true, ReviewState.Conflict), (label.Unsafe, label.State));
    }

    [Fact]
    public void The_newest_corrected_answer_is_taken_and_a_prompt_is_invalid_when_all_say_so()
    {
        _at.Ask(labels: 2);
        var keys = _at.Add(2);
        Say(keys[0], "Ann", new LabelAnswers { Safety = SafetyLabel.Unsafe, Corrected = "first" });
        Say(keys[0], "Ben", new LabelAnswers { Safety = SafetyLabel.Unsafe, Corrected = "second" });
        Say(keys[1], "Ann", new LabelAnswers { Invalid = true });
        Say(keys[1], "Ben", new LabelAnswers { Safety = SafetyLabel.Safe });
        Assert.Equal([("second", false), (null, false)], Labels());

        Decisions.Record(Adjudicate(keys[1], "Lea", SafetyLabel.Safe) with { Answers = new LabelAnswers { Invalid = true } });

        Assert.Equal([("second", false), (null, true)], Labels());

        IEnumerable<(string?, bool)> Labels() => Decisions.Effective(_at.Run, 1).Select(label => (label.Corrected, label.Invalid));
    }

    [Fact]
    public void A_prompts_label_has_no_answer_and_rounds_and_sources_do_not_mix()
    {
        _at.Ask(labels: 1);
        var keys = _at.Add(
            _at.Candidate(0, answer: -1), _at.Candidate(1) with { Source = ReviewSource.Harmless }, _at.Candidate(2, round: 0));
        Say(keys[0], "Ann", new LabelAnswers { Prompt = PromptLabel.Ambiguous });
        _at.Label(keys[1], "Ann");
        _at.Label(keys[2], "Ann");

        var prompt = Assert.Single(Decisions.Effective(_at.Run, 1));

        Assert.Equal((PromptLabel.Ambiguous, -1, null), (prompt.Prompt, prompt.AnswerIndex, prompt.Unsafe));
        Assert.Equal(keys[1], Assert.Single(Decisions.Effective(_at.Run, 1, ReviewSource.Harmless)).Item);
        Assert.Equal(keys[2], Assert.Single(Decisions.Effective(_at.Run, 0)).Item);
    }

    [Fact]
    public void Skipped_and_discarded_items_have_no_label()
    {
        _at.Ask(labels: 1);
        var keys = _at.Add(2);
        Decisions.Record(Decide(_at.Review.Queue.Open(keys[0], "Ann")!, DecisionKind.Skip));
        Decisions.Record(Decide(_at.Review.Queue.Open(keys[1], "Ann")!, DecisionKind.Discard));

        Assert.Empty(Decisions.Effective(_at.Run, 1));
        Assert.Equal((ReviewState.Pending, ReviewState.Discarded), (_at.Item(keys[0]).State, _at.Item(keys[1]).State));
    }

    [Fact]
    public void Agreement_is_measured_on_each_persons_answer_to_each_question()
    {
        _at.Ask(labels: 2);
        var key = _at.Add(1)[0];
        Say(key, "Ann", new LabelAnswers { Safety = SafetyLabel.Safe, Category = "Health_Harm", Note = "n" });
        Say(key, "Ben", new LabelAnswers { Prompt = PromptLabel.Harmful });
        Decisions.Record(Adjudicate(key, "Lea", SafetyLabel.Safe));

        Assert.Equal(
            [
                new Submission(key, 1, "Ann", ReviewQuestions.Safety, "Safe", DecisionOrigin.Person),
                new Submission(key, 1, "Ann", ReviewQuestions.Category, "Health_Harm", DecisionOrigin.Person),
                new Submission(key, 1, "Ben", ReviewQuestions.Prompt, "Harmful", DecisionOrigin.Person),
            ],
            Decisions.Submissions(_at.Run));
    }

    [Fact]
    public void Pace_is_that_of_the_last_minutes()
    {
        _at.Ask(labels: 1);
        var keys = _at.Add(5);
        foreach (var (key, seconds) in keys.Zip([9.0, 1, 2, 3, 50]))
        {
            Decisions.Record(Submit(_at.Review.Queue.Open(key, key == keys[4] ? "Ben" : "Ann")!) with { Seconds = seconds });
            _at.At.Clock.Now += key == keys[0] ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(1);
        }

        Assert.Equal(
            [
                new AnnotatorPace("Ann", 4, 2, 0.75, _at.At.Clock.Now - TimeSpan.FromMinutes(2)),
                new AnnotatorPace("Ben", 1, 50, 1, _at.At.Clock.Now - TimeSpan.FromMinutes(1)),
            ],
            Decisions.Pace(_at.Run));
    }

    private void Say(long key, string annotator, LabelAnswers answers) =>
        Decisions.Record(Decide(_at.Review.Queue.Open(key, annotator)!, DecisionKind.Submit, answers));
}
