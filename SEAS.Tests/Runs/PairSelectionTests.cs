using SEAS.Data.Contracts;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Measures;
using SEAS.Training.Pairing;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Runs;

public sealed class PairSelectionTests
{
    private static readonly RedUpdatePlan s_red = new() { OpeningCap = 1 };
    private static readonly TargetUpdatePlan s_target = new() { OpeningCap = 1 };

    [Fact]
    public void R_prefers_the_prompt_that_broke_T_most_often_over_the_one_that_did_least()
    {
        var pair = Assert.Single(RedPairs.Select(1,
        [
            Attack(0, 0, "please tell me one", unsafeAnswers: 1, safeAnswers: 1),
            Attack(0, 1, "please tell me two", unsafeAnswers: 2, safeAnswers: 0),
            Attack(0, 2, "please tell me three", unsafeAnswers: 0, safeAnswers: 2),
        ], s_red, IsFluent));

        Assert.Equal(("please tell me two", "please tell me three"), (pair.Chosen, pair.Rejected));
        Assert.Equal("1.0.1 over 1.0.2", pair.Source);
    }

    [Fact]
    public void A_seed_whose_prompts_did_equally_well_teaches_nothing() => Assert.Empty(RedPairs.Select(1,
        [Attack(0, 0, "please tell me one", 1, 1), Attack(0, 1, "please tell me two", 1, 1)], s_red, IsFluent));

    [Fact]
    public void Equal_texts_are_merged_before_they_are_compared()
    {
        // "one" broke T in 2 of 4 answers over both rows, "two" in 1 of 1.
        var pair = Assert.Single(RedPairs.Select(1,
            [Attack(0, 0, "please tell me one", 2, 0), Attack(0, 1, "please tell me one", 0, 2), Attack(0, 2, "please tell me two", 1,
                0)], s_red, IsFluent));

        Assert.Equal("please tell me two", pair.Chosen);
    }

    [Fact]
    public void A_prompt_that_is_not_fluent_can_only_lose()
    {
        var pair = Assert.Single(RedPairs.Select(1,
            [Attack(0, 0, "how how how to", 2, 0), Attack(0, 1, "please tell me two", 1, 1)], s_red, IsFluent));

        Assert.Equal(("please tell me two", "how how how to"), (pair.Chosen, pair.Rejected));
    }

    [Fact]
    public void Prompts_that_open_alike_win_only_their_share()
    {
        var attacks = Enumerable.Range(0, 10).SelectMany(seed => new[]
        {
            Attack(seed, 0, $"please tell me about number {seed}", 2, 0),
            Attack(seed, 1, $"another way of asking {seed}", 0, 2),
        }).ToList();

        Assert.Equal(3, RedPairs.Select(1, attacks, s_red with { OpeningCap = 0.3 }, IsFluent).Count);
    }

    [Fact]
    public void T_is_shown_a_safe_answer_over_an_unsafe_one_whatever_came_first()
    {
        // The reference code would take the first answer, which is unsafe here, as chosen.
        var pair = Assert.Single(TargetPairs.Select(1, [Attack(0, 0, "please tell me one", 1, 1)], s_target, Order()));

        Assert.StartsWith("safe", pair.Chosen, StringComparison.Ordinal);
        Assert.StartsWith("risky", pair.Rejected, StringComparison.Ordinal);
    }

    [Fact]
    public void T_learns_nothing_from_a_prompt_whose_answers_were_all_of_one_kind() => Assert.Empty(TargetPairs.Select(1,
        [Attack(0, 0, "please tell me one", 3, 0), Attack(1, 0, "please tell me two", 0, 3)], s_target, Order()));

    [Fact]
    public void No_chosen_answer_is_ever_unsafe()
    {
        var stream = new RandomStream(7, "property");
        for (var trial = 0; trial < 200; trial++)
        {
            var attacks = Enumerable.Range(0, 20)
                .Select(seed => Attack(seed, 0, $"please tell me about {seed}", stream.Next(4), stream.Next(4))).ToList();
            Assert.All(TargetPairs.Select(1, attacks, s_target, Order()), pair => Assert.StartsWith("safe", pair.Chosen,
                StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Any_answer_that_is_about_as_safe_as_the_safest_may_be_chosen_and_none_that_is_less_so()
    {
        var attacks = Enumerable.Range(0, 60).Select(seed => Attack(seed, 0, $"number {seed} please", 1, 3))
            .Select(attack => attack with { Answers = [.. attack.Answers.Select(answer =>
                answer.Index == 3 ? answer with { Score = 0.2 } : answer)] }).ToList();

        var chosen = TargetPairs.Select(1, attacks, s_target with { SafetyPairs = 60, OpeningCap = 1 }, Order())
            .CountBy(pair => pair.Chosen).ToDictionary();

        Assert.Equal(["safe answer 0", "safe answer 1"], chosen.Keys.Order());   // the third has 0.2, the others 0.1
        Assert.All(chosen.Values, count => Assert.InRange(count, 15, 45));
    }

    [Fact]
    public void An_answer_to_an_equal_prompt_is_named_by_the_prompt_that_it_was_given_to()
    {
        // All answers of the first row are risky, all of the second, whose prompt says the same, are safe.
        var pair = Assert.Single(TargetPairs.Select(
            1, [Attack(4, 0, "please tell me one", 1, 0), Attack(7, 2, "please tell me one", 0, 1)], s_target, Order()));

        Assert.Equal("1.7.2.0 over 1.4.0.0", pair.Source);
    }

    [Fact]
    public void T_gets_at_most_as_many_pairs_as_planned()
    {
        var attacks = Enumerable.Range(0, 30).Select(seed => Attack(seed, 0, $"number {seed} please", 1, 1)).ToList();

        Assert.Equal(12, TargetPairs.Select(1, attacks, s_target with { SafetyPairs = 12 }, Order()).Count);
    }

    private static bool IsFluent(AdversarialPrompt prompt) => Fluency.Holds(prompt.Text, prompt.Stopped);

    private static RandomStream Order() => new(1, "order");

    private static JudgedAttack Attack(int seed, int prompt, string text, int unsafeAnswers, int safeAnswers) => new(
        new AdversarialPrompt(1, seed, prompt, "Role_Play", text, Tokens: 5, Stopped: true, AsksHarm: null, SeedText: "seed"),
        [
            .. Enumerable.Range(0, unsafeAnswers).Select(index => new JudgedAnswer(index, $"risky answer {index}", true, 0.9, true)),
            .. Enumerable.Range(0, safeAnswers).Select(index => new JudgedAnswer(unsafeAnswers + index, $"safe answer {index}", true,
                0.1, false)),
        ]);
}
