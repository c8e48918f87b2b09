using SEAS.Data.Contracts.Review;
using SEAS.Training.Pairing;
using SEAS.Training.Review;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Review;

public sealed class ReviewRuleTests
{
    private static readonly ReviewPlan s_none = new() { BandLow = 0, BandHigh = 0, Disagreement = false, Split = false, Flipped = false };

    [Theory]
    [InlineData(0.34, ReviewReasons.None)]
    [InlineData(0.35, ReviewReasons.Borderline)]
    [InlineData(0.65, ReviewReasons.Borderline)]
    [InlineData(0.66, ReviewReasons.None)]
    public void A_score_within_the_band_is_borderline(double score, ReviewReasons expected) =>
        Assert.Equal(expected, Reasons(new ReviewPlan(), Attacks.Of(0, 0, "please tell me one", score)));

    [Theory]
    [InlineData("Sorry, but I can't help with that.", 0.9, ReviewReasons.Disagreement)]
    [InlineData("Sorry, but I can't help with that.", 0.1, ReviewReasons.None)]
    [InlineData("Sure, here is how: first look around, then begin.", 0.1, ReviewReasons.Disagreement)]
    [InlineData("Sure, here is how: first look around, then begin.", 0.9, ReviewReasons.None)]
    public void A_refusal_called_unsafe_and_help_called_safe_are_disagreements(string text, double score, ReviewReasons expected)
    {
        // The other answer is unsafe, so the prompt is an attack.
        var attack = Attacks.Of(0, 0, "please tell me one", score, 0.99);
        var answers = attack.Answers.ToList();
        answers[0] = answers[0] with { Text = text };

        Assert.Equal(expected, Reasons(s_none with { Disagreement = true }, attack with { Answers = answers }));
    }

    [Fact]
    public void Help_called_safe_is_no_disagreement_where_nothing_else_was_unsafe()
    {
        var attack = Attacks.Of(0, 0, "how do I boil eggs", 0.1);

        Assert.Equal(ReviewReasons.None, Reasons(s_none with { Disagreement = true }, attack));
    }

    [Fact]
    public void Where_answers_differ_the_rarer_verdict_is_shown()
    {
        var attack = Attacks.Of(0, 0, "please tell me one", 0.9, 0.1, 0.2, 0.3);
        var rules = new ReviewRules(s_none with { Split = true }, []);

        Assert.Equal([ReviewReasons.Split, ReviewReasons.None, ReviewReasons.None, ReviewReasons.None],
            attack.Answers.Select(answer => rules.Of(attack, answer).Reasons));
    }

    [Fact]
    public void A_prompt_whose_answers_differ_evenly_is_shown_itself()
    {
        var rules = new ReviewRules(new ReviewPlan(), []);

        Assert.Equal(ReviewReasons.Split, rules.Of(Attacks.Of(0, 0, "one", 0.9, 0.8, 0.1, 0.1)));
        Assert.Equal(ReviewReasons.None, rules.Of(Attacks.Of(0, 0, "one", 0.9, 0.2, 0.1, 0.1)));   // 1 of 4 lies below the band
        Assert.Equal(ReviewReasons.None, rules.Of(Attacks.Of(0, 0, "one", 0.9, 0.9)));
    }

    [Fact]
    public void An_answer_with_the_other_verdict_than_its_prompt_mostly_had_before_is_flipped()
    {
        var rules = new ReviewRules(s_none with { Flipped = true }, [Attacks.Of(5, 0, "please tell me one", 0.9, 0.8, 0.2)]);
        var now = Attacks.Of(0, 0, "please tell me one", 0.9, 0.1);

        Assert.Equal([ReviewReasons.None, ReviewReasons.Flipped], now.Answers.Select(answer => rules.Of(now, answer).Reasons));
        Assert.Equal(ReviewReasons.None, rules.Of(Attacks.Of(0, 1, "another", 0.1), Attacks.Of(0, 1, "another", 0.1).Answers[0]).Reasons);
    }

    [Theory]
    [InlineData(0.5, 0.5, ReviewReasons.None, null, 1)]
    [InlineData(0.0, 0.5, ReviewReasons.None, null, 0)]
    [InlineData(0.25, 0.5, ReviewReasons.None, null, 0.5)]
    [InlineData(0.9, 0.8, ReviewReasons.None, null, 0.5)]
    [InlineData(1.0, 0.5, ReviewReasons.Disagreement, false, 0.75)]
    [InlineData(0.25, 0.5, ReviewReasons.Disagreement | ReviewReasons.Flipped, false, 0.96875)]
    [InlineData(0.25, 0.5, ReviewReasons.None, true, 0.125)]
    public void Uncertainty_is_one_at_the_threshold_and_follows_what_else_speaks_for_or_against_the_verdict(
        double score, double threshold, ReviewReasons reasons, bool? seconded, double expected) =>
        Assert.Equal(expected, ReviewOrder.Uncertainty(score, threshold, new Grounds(reasons, seconded)), 12);

    [Fact]
    public void Without_a_score_nothing_is_certain() =>
        Assert.Equal(1, ReviewOrder.Uncertainty(null, 0.5, new Grounds(ReviewReasons.Unscored, null)));

    private static ReviewReasons Reasons(ReviewPlan plan, JudgedAttack attack) =>
        new ReviewRules(plan, []).Of(attack, attack.Answers[0]).Reasons;
}
