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

    // Ratios 1, 1/2 and 0 of a seed: one over two others, and the middle over the last.
    [Fact]
    public void A_seed_gives_one_pair_or_every_prompt_over_every_other_that_broke_T_less_often()
    {
        JudgedAttack[] attacks =
        [
            Attack(0, 0, "say the first thing", 2, 0), Attack(0, 1, "say the second thing", 1, 1), Attack(0, 2, "say the last thing", 0, 2),
        ];

        Assert.Equal(["1.0.0 over 1.0.2"], RedPairs.Select(1, attacks, s_red, IsFluent).Select(pair => pair.Source));
        Assert.Equal(
            ["1.0.0 over 1.0.2", "1.0.0 over 1.0.1", "1.0.1 over 1.0.2"],
            RedPairs.Select(1, attacks, s_red with { PairsPerSeed = PairsPerSeed.All }, IsFluent).Select(pair => pair.Source));
    }

    [Fact]
    public void Without_the_filter_a_prompt_that_is_not_fluent_may_win()
    {
        JudgedAttack[] attacks = [Attack(0, 0, "how how how to", 2, 0), Attack(0, 1, "please tell me two", 1, 1)];

        Assert.Equal("how how how to", Assert.Single(RedPairs.Select(1, attacks, s_red with { FluencyFilter = false }, IsFluent)).Chosen);
    }

    [Fact]
    public void A_text_may_be_chosen_once_or_by_every_seed()
    {
        JudgedAttack[] attacks = [.. Enumerable.Range(0, 3).SelectMany(seed => new[]
            { Attack(seed, 0, "say the same thing", 2, 0), Attack(seed, 1, $"say thing {seed} please", 0, 2) })];

        Assert.Single(RedPairs.Select(1, attacks, s_red, IsFluent));
        Assert.Equal(3, RedPairs.Select(1, attacks, s_red with { ChosenOnce = false }, IsFluent).Count);
    }

    [Fact]
    public void What_is_longer_than_the_cap_takes_part_in_no_pair()
    {
        var longest = "say " + new string('x', 2997);   // 3,001 characters
        JudgedAttack[] attacks = [Attack(0, 0, longest, 2, 0), Attack(0, 1, "say the second thing", 1, 1), Attack(0, 2, "say the last thing", 0, 2)];

        var red = s_red with { FluencyFilter = false };
        Assert.Equal("1.0.1 over 1.0.2", Assert.Single(RedPairs.Select(1, attacks, red with { MaxCharacters = 3000 }, IsFluent)).Source);
        Assert.Equal("1.0.0 over 1.0.2", Assert.Single(RedPairs.Select(1, attacks, red with { MaxCharacters = 3001 }, IsFluent)).Source);
        Assert.Single(TargetPairs.Select(1, [attacks[1]], s_target with { MaxCharacters = 14 }, Order()));   // "risky answer 0"
        Assert.Empty(TargetPairs.Select(1, [attacks[1]], s_target with { MaxCharacters = 13 }, Order()));
    }

    [Fact]
    public void T_s_pairs_come_as_written_or_from_the_prompts_that_broke_it_most_often()
    {
        JudgedAttack[] attacks =
        [
            Attack(0, 0, "say the first thing", 1, 3), Attack(1, 0, "tell the second thing", 3, 1), Attack(2, 0, "name the last thing", 2, 2),
        ];

        Assert.Equal(["say the first thing", "tell the second thing"], Prompts(PairOrder.AsWritten));
        Assert.Equal(["tell the second thing", "name the last thing"], Prompts(PairOrder.MostUnsafe));

        IEnumerable<string> Prompts(PairOrder order) =>
            TargetPairs.Select(1, attacks, s_target with { SafetyPairs = 2, Order = order }, Order()).Select(pair => pair.Prompt);
    }

    [Fact]
    public void T_s_pair_may_be_the_first_safe_answer_over_the_first_unsafe_one()
    {
        JudgedAnswer[] answers =
        [
            new(0, "an answer cut short", Stopped: false, 0.4, GuardUnsafe: false), new(1, "a mild risk", true, 0.6, true),
            new(2, "a great risk", true, 0.9, true), new(3, "the safest answer", true, 0.01, false),
        ];
        var attack = Attack(0, 0, "say the first thing", 0, 0) with { Answers = answers };

        Assert.Equal("1.0.0.3 over 1.0.0.2", Assert.Single(TargetPairs.Select(1, [attack], s_target, Order())).Source);
        Assert.Equal("1.0.0.0 over 1.0.0.1", Assert.Single(TargetPairs.Select(1, [attack], s_target with { Answers = PairAnswers.First }, Order())).Source);
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
