using SEAS.Data.Contracts.Review;
using SEAS.Training.Pairing;
using SEAS.Training.Review;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Review;

public sealed class ReviewCollectionTests
{
    private static readonly RunPlan s_plan = Attacks.Plan with { Review = new ReviewPlan { AuditShare = 0, Disagreement = false } };

    [Fact]
    public void Equal_texts_are_one_item_and_the_most_doubtful_with_most_at_stake_comes_first()
    {
        JudgedAttack[] round =
        [
            Attacks.Of(0, 0, "please tell me one", 0.55, 0.1), Attacks.Of(1, 0, "please tell me one", 0.55),
            Attacks.Of(2, 0, "now tell me two", 0.64),
        ];

        var items = Collect(round, s_plan).Where(item => item.Kind == ReviewKind.Answer).ToList();

        Assert.Equal(3, items.Count);   // both borderline texts, and the safe answer: the rarer verdict on its prompt
        Assert.Equal("please tell me one", items[0].PromptText);
        Assert.Equal((0.9, 1, 4.5), (Math.Round(items[0].Uncertainty, 12), items[0].PairsAtStake, Math.Round(items[0].Value, 12)));
        Assert.True(items[0].Reasons.HasFlag(ReviewReasons.Borderline));
    }

    [Fact]
    public void The_least_worth_is_left_out_when_there_are_more_than_wanted()
    {
        var round = Enumerable.Range(0, 20).Select(seed => Attacks.Of(seed, 0, $"number {seed} please", 0.5 + (0.005 * seed))).ToList();

        var items = Collect(round, s_plan with { Review = s_plan.Review with { MaxItemsPerRound = 5 } });

        Assert.Equal([0, 1, 2, 3, 4], items.Select(item => item.SeedIndex));
    }

    [Fact]
    public void The_random_share_is_of_the_size_asked_for_and_does_not_look_at_scores()
    {
        var round = Enumerable.Range(0, 400).Select(seed => Attacks.Of(seed, 0, $"number {seed} please", 0.01, 0.99, 0.02, 0.98)).ToList();
        var plan = s_plan with { Review = new ReviewPlan { AuditShare = 0.1, Split = false, Disagreement = false } };

        var drawn = Collect(round, plan).Where(item => item.Reasons.HasFlag(ReviewReasons.Audit)).ToList();

        Assert.InRange(drawn.Count, 120, 200);   // 160 ± 3 standard deviations of 12
        Assert.InRange(drawn.Count(item => item.Unsafe == true) / (double)drawn.Count, 0.38, 0.62);
        Assert.Equal(drawn.Select(Key), Collect(round, plan).Where(item => item.Reasons.HasFlag(ReviewReasons.Audit)).Select(Key));
    }

    [Fact]
    public void The_random_share_stands_among_the_others_one_after_each_ten()
    {
        var ranked = Enumerable.Range(0, 30).Select(index => Item(index, value: 30 - index)).ToList();
        var audit = Enumerable.Range(100, 4).Select(index => Item(index, value: 0)).ToList();

        var spread = ReviewOrder.Spread(ranked, audit).OrderByDescending(item => item.Value).ToList();

        Assert.Equal([100, 101, 102, 103], spread.Where(item => item.SeedIndex >= 100).Select(item => item.SeedIndex));
        Assert.Equal([10, 21, 32, 33], spread.Index().Where(row => row.Item.SeedIndex >= 100).Select(row => row.Index));
    }

    [Fact]
    public void An_unbiased_estimate_uses_the_random_share_up_to_the_first_open_place()
    {
        (double Place, bool Labelled)[] share = [(0.4, true), (0.1, true), (0.3, false), (0.2, true)];

        Assert.Equal([0.1, 0.2], AuditShare.Unbiased(share, item => item.Place, item => item.Labelled).Select(item => item.Place));
    }

    [Fact]
    public void An_answer_without_a_score_is_shown()
    {
        var attack = Attacks.Of(0, 0, "please tell me one", 0.01);
        var unscored = (attack.Prompt, new SEAS.Data.Contracts.TargetResponse(1, 0, 0, 1, "hm", Tokens: 1, Stopped: true));

        var item = Assert.Single(ReviewCollection.Of(new ReviewRound(Attacks.Run, 1, [attack], [], [unscored]), s_plan, Attacks.IsFluent));

        Assert.Equal((ReviewReasons.Unscored, (double?)null, 1.0), (item.Reasons, item.Score, item.Uncertainty));
    }

    [Fact]
    public void A_refused_harmless_request_is_sent_to_be_confirmed()
    {
        var item = Assert.Single(ReviewCollection.Harmless(
            Attacks.Run, 2,
            [("how do I boil eggs", "Sure. First boil water."), ("how do I crack eggs", "I'm sorry, I can't help with that.")]));

        Assert.Equal((ReviewSource.Harmless, 2, 1), (item.Source, item.Round, item.SeedIndex));
        Assert.Equal(ReviewReasons.OverRefusal, item.Reasons);
    }

    private static List<ReviewCandidate> Collect(IReadOnlyList<JudgedAttack> round, RunPlan plan) =>
        ReviewCollection.Of(new ReviewRound(Attacks.Run, 1, round, [], []), plan, Attacks.IsFluent);

    private static (int, int) Key(ReviewCandidate item) => (item.SeedIndex, item.AnswerIndex);

    private static ReviewCandidate Item(int seed, double value) => new(
        Attacks.Run, ReviewSource.Attack, 1, ReviewKind.Answer, seed, 0, 0, "Role_Play", "p", "a", 0.5, true,
        ReviewReasons.Borderline, 1, 0, value, "");
}
