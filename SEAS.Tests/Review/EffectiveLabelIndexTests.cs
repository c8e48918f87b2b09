using SEAS.Data.Contracts.Review;
using SEAS.Training.Pairing;
using SEAS.Training.Review;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Review;

public sealed class EffectiveLabelIndexTests
{
    // Two prompts of one seed: the guard calls one answer of the first unsafe, none of the second.
    private static readonly JudgedAttack[] s_round = 
        [Attacks.Of(0, 0, "please tell me one", 0.9, 0.1, 0.2), Attacks.Of(0, 1, "now tell me two", 0.1, 0.2, 0.3)];

    [Fact]
    public void A_persons_verdict_comes_before_the_guards_and_both_are_kept()
    {
        var answer = Apply(Attacks.Label(1, 0, 0, 0, isUnsafe: false))[0].Answers[0];

        Assert.Equal((false, true, 0.9, 0.0), (answer.Unsafe, answer.GuardUnsafe, answer.Score, answer.Risk));
    }

    [Fact]
    public void Where_people_cannot_tell_the_guard_stands() =>
        Assert.True(Apply(Attacks.Label(1, 0, 0, 0, isUnsafe: null))[0].Answers[0].Unsafe);

    [Fact]
    public void A_label_holds_for_every_equal_text()
    {
        JudgedAttack[] round = [.. s_round, Attacks.Of(7, 3, "please tell me one", 0.9)];

        var labelled = Attacks.Book(round, Attacks.Label(1, 0, 0, 0, isUnsafe: false)).Apply(round);

        Assert.Equal([0.0, 0.0], [labelled[0].UnsafeRatio, labelled[2].UnsafeRatio]);
    }

    [Fact]
    public void An_invalid_prompt_drops_out_of_both_models_pairs()
    {
        Assert.Equal((1, 1), Counts(Attacks.Select(s_round)));

        var book = Attacks.Book(s_round, Attacks.Label(1, 0, 0, 0, isUnsafe: true, invalid: true));
        Assert.Equal((0, 0), Counts(Attacks.Select(s_round, book)));
    }

    [Fact]
    public void A_corrected_answer_is_the_chosen_one()
    {
        var pair = Assert.Single(Attacks.Select(s_round, Attacks.Book(
            s_round, Attacks.Label(1, 0, 0, 1, isUnsafe: false, corrected: "I would rather not, but ask me about two."))).Target);

        Assert.Equal(("I would rather not, but ask me about two.", Attacks.Answer(0, "please tell me one")), (pair.Chosen, pair.Rejected));
        Assert.Equal("1.0.0.1 corrected over 1.0.0.0", pair.Source);
    }

    [Fact]
    public void A_corrected_answer_beats_the_one_it_corrects_where_nothing_is_unsafe()
    {
        var pair = Attacks.Select(s_round, Attacks.Book(s_round, Attacks.Label(1, 0, 1, 2, isUnsafe: false, corrected: "Better.")))
            .Target.Single(pair => pair.Prompt == "now tell me two");

        Assert.Equal(("Better.", Attacks.Answer(2, "now tell me two")), (pair.Chosen, pair.Rejected));
    }

    [Fact]
    public void The_answers_to_a_harmless_prompt_are_safe_unless_a_person_says_otherwise()
    {
        var harmless = Attacks.Label(1, 0, 0, -1, isUnsafe: null, says: PromptLabel.Harmless);

        Assert.Equal(0, Apply(harmless)[0].UnsafeRatio);
        Assert.Equal(1.0 / 3, Apply(harmless, Attacks.Label(2, 0, 0, 2, isUnsafe: true))[0].UnsafeRatio, 12);
    }

    [Fact]
    public void Of_two_labels_on_equal_texts_the_leads_wins()
    {
        JudgedAttack[] round = [.. s_round, Attacks.Of(7, 3, "please tell me one", 0.9)];
        var book = Attacks.Book(
            round, Attacks.Label(1, 0, 0, 0, isUnsafe: false, state: ReviewState.Gold), Attacks.Label(2, 7, 3, 0, isUnsafe: true));

        Assert.False(book.Apply(round)[0].Answers[0].Unsafe);
        Assert.True(book.Without(1).Apply(round)[0].Answers[0].Unsafe);
    }

    [Fact]
    public void Without_labels_nothing_changes() => Assert.Equal(s_round, new EffectiveLabelIndex().Apply(s_round));

    [Fact]
    public void One_label_moves_one_prompt_in_the_random_order_and_no_other()
    {
        var plan = Attacks.Plan with { TargetUpdate = new TargetUpdatePlan { OpeningCap = 1, SafetyPairs = 100 } };
        var round = Enumerable.Range(0, 60).Select(seed => Attacks.Of(seed, 0, $"number {seed} please", seed % 3 == 0 ? 0.1 : 0.9, 0.2))
            .ToList();
        var before = RoundSelection.Of(1, round, plan, Attacks.IsFluent).Target.Select(pair => pair.Prompt).ToList();

        var book = Attacks.Book(round, Attacks.Label(1, 3, 0, 0, isUnsafe: true));
        var after = RoundSelection.Of(1, book.Apply(round), plan, Attacks.IsFluent).Target.Select(pair => pair.Prompt).ToList();

        Assert.Equal(41, after.Count);
        Assert.Equal(before, after.Where(prompt => prompt != "number 3 please"));
    }

    private static List<JudgedAttack> Apply(params IReadOnlyList<EffectiveLabel> labels) => Attacks.Book(s_round, labels).Apply(s_round);

    private static (int Red, int Target) Counts(RoundSelection selection) => (selection.Red.Count, selection.Target.Count);
}
