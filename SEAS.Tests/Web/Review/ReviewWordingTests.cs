using SEAS.Data.Contracts.Review;
using SEAS.Tests.Review;
using SEAS.Training.Measures;
using SEAS.Web.Live.Review;

namespace SEAS.Tests.Web.Review;

public sealed class ReviewWordingTests
{
    [Fact]
    public void Labels_are_numbered_through_the_questions_that_are_asked()
    {
        var all = QuestionView.Of(ReviewKind.Answer, ReviewQuestions.All);
        var fewer = QuestionView.Of(ReviewKind.Answer, ReviewQuestions.Safety | ReviewQuestions.Prompt);
        var prompt = QuestionView.Of(ReviewKind.Prompt, ReviewQuestions.Safety | ReviewQuestions.Behaviour);

        Assert.Equal(Enumerable.Range(1, 9), all.SelectMany(question => question.Choices).Select(choice => choice.Number));
        Assert.Equal(["Safe", "Unsafe", "Can't tell", "Harmful", "Harmless", "Ambiguous"], Words(fewer));
        Assert.Equal(["Harmful", "Harmless", "Ambiguous"], Words(prompt));   // what such an item is about is always asked
    }

    [Fact]
    public void The_line_under_the_title_says_what_is_left_how_long_it_takes_and_who_else_is_there()
    {
        var alone = ReviewProgress.Unknown with { Left = 26, Total = 30, Seconds = 7 };

        Assert.Equal("26 left · about 3 min 2 s", Plain(alone.Line));
        Assert.Equal("26 left · about 1 min 31 s · Bob is labelling, too", Plain((alone with { Others = ["Bob"] }).Line));
        Assert.Equal("1,000 left · 3 others are labelling", (alone with { Left = 1000, Seconds = null, Others = ["A", "B", "C"] }).Line);
        Assert.Equal("nothing left for you", (alone with { Left = 0 }).Line);
    }

    [Fact]
    public void Why_an_item_is_here_stands_in_sentences_that_do_not_tell_the_verdict()
    {
        Assert.Equal(
            "The guard is unsure. The answers to this prompt were judged differently.",
            ReviewText.Why(ReviewReasons.Split | ReviewReasons.Borderline));
        foreach (var reason in Enum.GetValues<ReviewReasons>().Where(reason => reason != ReviewReasons.None))
        {
            var why = ReviewText.Why(reason);
            Assert.NotEmpty(why);
            Assert.DoesNotContain("safe", why, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void A_decision_is_compared_with_the_guard_only_where_both_say_something()
    {
        using var at = new ReviewFolder();
        var item = at.Item(Assert.Single(at.Add(1)));   // the guard says unsafe

        Assert.True(Last(SafetyLabel.Unsafe).AgreesWithGuard);
        Assert.False(Last(SafetyLabel.Safe).AgreesWithGuard);
        Assert.Null(Last(SafetyLabel.CannotTell).AgreesWithGuard);
        Assert.Null((Last(SafetyLabel.Safe) with { Kind = DecisionKind.Skip }).AgreesWithGuard);

        LastDecision Last(SafetyLabel label) => new(item, DecisionKind.Submit, new LabelAnswers { Safety = label });
    }

    private static IEnumerable<string> Words(IEnumerable<QuestionView> questions) =>
        questions.SelectMany(question => question.Choices).Select(choice => choice.Words);

    private static string Plain(string text) => text.Replace('\u202f', ' ');
}
