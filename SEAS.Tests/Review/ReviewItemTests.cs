using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Items;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Review;

namespace SEAS.Tests.Review;

public sealed class ReviewItemTests : IDisposable
{
    private readonly ReviewFolder _at = new();

    private ReviewItemRepository Items => _at.Review.Items;

    public void Dispose() => _at.Dispose();

    [Fact]
    public void An_item_reads_back_as_it_was_sent_with_its_contents_hash()
    {
        _at.Ask(labels: 1);
        var c = _at.Candidate(3, value: 2.5, category: "Health_Harm", group: "g") with
        {
            Score = null, Unsafe = null, Reasons = ReviewReasons.Unscored | ReviewReasons.Audit,
        };

        Assert.Equal(1, Items.Add([c]));

        var item = Assert.Single(Items.OfRun(_at.Run));
        Assert.Equal(
            new ReviewItem(
                1, c.Run, c.Source, 1, c.Kind, 3, 0, 0, "Health_Harm", "prompt 1.3.0", "answer 1.3.0.0", null, null, c.Reasons, 0.9, 2, 2.5,
                "g", item.ContentHash, ReviewState.Pending, 0, 1, _at.At.Clock.Now),
            item);
        // printf 'prompt 1.3.0\0answer 1.3.0.0' | sha256sum
        Assert.Equal("ac919552b4e8db1d26d408f187fbb3c4951a361fd4286313cd119d12572b5073", item.ContentHash);
    }

    [Fact]
    public void Sending_an_item_again_adds_its_reasons_and_keeps_the_greater_value()
    {
        _at.Add(_at.Candidate(0, value: 3), _at.Candidate(1, value: 2));

        var added = Items.Add(
        [
            _at.Candidate(0, value: 1, group: "late") with { Reasons = ReviewReasons.ByHand, PairsAtStake = 1 },
            _at.Candidate(1, value: 8) with { Reasons = ReviewReasons.Split, Uncertainty = 0.1, PairsAtStake = 7 },
        ]);

        Assert.Equal(0, added);
        Assert.Equal(
            [
                (ReviewReasons.Borderline | ReviewReasons.ByHand, 3, 0.9, 2, "late"),
                (ReviewReasons.Borderline | ReviewReasons.Split, 8, 0.9, 7, ""),
            ],
            Items.OfRun(_at.Run).Select(item => (item.Reasons, item.Value, item.Uncertainty, item.PairsAtStake, item.Group)));
        Assert.Equal(1, _at.Review.Queue.Next(_at.Run, "Ann")!.Item.SeedIndex);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Items_that_come_one_by_one_stand_where_they_would_had_they_come_together(int seed)
    {
        _at.Ask(labels: 1);
        var random = new RandomStream((ulong)seed, "order");
        var all = Enumerable.Range(0, 120).Select(at => _at.Candidate(
            random.Next(90),   // some come again, with another value or group
            value: 1 + random.Next(39),
            category: $"type {at % 3}",
            group: random.Next(3) == 0 ? $"group {random.Next(6)}" : "")).ToList();
        Items.Add(all);
        var together = Turns();
        _at.At.Alter("DELETE FROM review_items;");

        for (var at = 0; at < all.Count;)
        {
            var few = 1 + random.Next(3);
            Items.Add([.. all.Skip(at).Take(few)]);
            at += few;
        }

        Assert.Equal(together, Turns());
    }

    private List<int> Turns()
    {
        var leases = _at.Review.Queue.Prefetch(_at.Run, "Ann", 200);
        foreach (var lease in leases)
        {
            _at.Review.Queue.Release(lease.Token);
        }

        return [.. leases.Select(lease => lease.Item.SeedIndex)];
    }

    [Fact]
    public void Counts_are_by_reason_and_by_state()
    {
        _at.Ask(labels: 1);
        var keys = _at.Add(
            _at.Candidate(0), _at.Candidate(1) with { Reasons = ReviewReasons.Borderline | ReviewReasons.Audit },
            _at.Candidate(2, round: 0));
        _at.Label(keys[1], "Ann");

        Assert.Equal(
            [new ReasonCount(ReviewReasons.Borderline, 3, 2), new ReasonCount(ReviewReasons.Audit, 1, 0)], Items.CountsByReason(_at.Run));
        Assert.Equal([new StateCount(ReviewState.Agreed, 1), new StateCount(ReviewState.Pending, 2)], Items.CountsByState(_at.Run));
        Assert.Equal([new StateCount(ReviewState.Pending, 1)], Items.CountsByState(_at.Run, 0));
        Assert.Equal((2, 2), (_at.Review.Queue.Left(_at.Run, "Ann"), _at.Review.Queue.Left(_at.Run, "Ben")));
    }

    [Fact]
    public void Pages_join_without_gap_or_repeat_and_keep_to_the_filter()
    {
        var keys = _at.Add(
            _at.Candidate(0), _at.Candidate(1, round: 2), _at.Candidate(2, category: "Health_Harm"), _at.Candidate(3, answer: -1),
            _at.Candidate(4) with { Source = ReviewSource.Harmless }, _at.Candidate(5) with { Reasons = ReviewReasons.ByHand },
            _at.Candidate(6) with { AnswerText = "Something ELSE entirely" });

        var first = Items.Page(_at.Run, new ReviewFilter(), limit: 4);
        var second = Items.Page(_at.Run, new ReviewFilter(), limit: 4, first[^1].Key);

        Assert.Equal(keys, first.Concat(second).Select(item => item.Key));
        AssertFinds([keys[1]], new ReviewFilter { Round = 2 });
        AssertFinds([keys[2]], new ReviewFilter { Category = "Health_Harm" });
        AssertFinds([keys[3]], new ReviewFilter { Kind = ReviewKind.Prompt });
        AssertFinds([keys[4]], new ReviewFilter { Source = ReviewSource.Harmless });
        AssertFinds([keys[5]], new ReviewFilter { Reasons = ReviewReasons.ByHand | ReviewReasons.Flipped });
        AssertFinds([keys[6]], new ReviewFilter { Text = " else " });
        _at.Ask(labels: 1);
        _at.Label(keys[0], "Ann");
        AssertFinds([keys[0]], new ReviewFilter { State = ReviewState.Agreed });
        AssertFinds([], new ReviewFilter { State = ReviewState.Gold });

        void AssertFinds(long[] expected, ReviewFilter filter) =>
            Assert.Equal(expected, Items.Page(_at.Run, filter, limit: 9).Select(item => item.Key));
    }

    [Fact]
    public void Runs_do_not_see_each_other()
    {
        var other = _at.At.NewRun().Id;
        _at.Add(1);

        Assert.Empty(Items.OfRun(other));
        Assert.Null(_at.Review.Queue.Next(other, "Ann"));
        Assert.Equal(0, _at.Review.Queue.Left(other, "Ann"));
        Assert.Equal(0, Items.Add([]));
        Assert.Throws<RunNotFoundException>(() => Items.Add([_at.Candidate(0), _at.Candidate(1) with { Run = new("nobody") }]));
        Assert.Single(Items.OfRun(_at.Run));
    }

    [Fact]
    public void A_candidate_whose_numbers_cannot_be_is_refused_with_all_others()
    {
        ReviewCandidate[] bad =
        [
            _at.Candidate(0, value: double.NaN), _at.Candidate(0) with { Uncertainty = 1.5 }, _at.Candidate(0) with { Score = -1 },
            _at.Candidate(0) with { Kind = ReviewKind.Prompt }, _at.Candidate(0, answer: -1) with { Kind = ReviewKind.Answer },
        ];

        Assert.All(bad, candidate => Assert.Throws<ArgumentException>(() => Items.Add([_at.Candidate(1), candidate])));
        Assert.Empty(Items.OfRun(_at.Run));
    }
}
