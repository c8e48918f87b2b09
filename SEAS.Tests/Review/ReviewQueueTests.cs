using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Queue;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using static SEAS.Tests.Review.ReviewFolder;

namespace SEAS.Tests.Review;

public sealed class ReviewQueueTests : IDisposable
{
    private readonly ReviewFolder _at = new();

    private ReviewQueue Queue => _at.Review.Queue;

    public void Dispose() => _at.Dispose();

    [Fact]
    public void The_most_valuable_come_first_new_rounds_before_old()
    {
        _at.Ask(labels: 1);
        _at.Add(
            _at.Candidate(0, value: 5), _at.Candidate(1, value: 40), _at.Candidate(2, value: 0), _at.Candidate(3, value: 900, round: 0),
            _at.Candidate(4, value: 0.25));

        Assert.Equal([1, 0, 4, 2, 3], Seeds(Queue.Prefetch(_at.Run, "Ann", 9)));
    }

    [Fact]
    public void One_of_a_group_comes_before_the_second_of_any()
    {
        _at.Ask(labels: 1);
        _at.Add(
            _at.Candidate(0, value: 64, group: "a"), _at.Candidate(1, value: 32, group: "a"), _at.Candidate(2, value: 16, group: "a"),
            _at.Candidate(3, value: 8, group: "b"), _at.Candidate(4, value: 4, group: "b"), _at.Candidate(5, value: 2));

        Assert.Equal([0, 3, 5, 1, 4, 2], Seeds(Queue.Prefetch(_at.Run, "Ann", 9)));
    }

    [Fact]
    public void Items_worth_about_the_same_take_turns_by_type()
    {
        _at.Ask(labels: 1);
        _at.Add(
            _at.Candidate(0, value: 7.9, category: "A"), _at.Candidate(1, value: 7.8, category: "A"),
            _at.Candidate(2, value: 7.7, category: "A"),
            _at.Candidate(3, value: 4.1, category: "B"), _at.Candidate(4, value: 3.9, category: "C"));

        Assert.Equal([0, 3, 1, 2, 4], Seeds(Queue.Prefetch(_at.Run, "Ann", 9)));
    }

    [Fact]
    public void An_item_goes_to_one_person_and_not_twice_to_the_same()
    {
        _at.Ask(labels: 1);
        _at.Add(2);

        var ann = Queue.Next(_at.Run, "Ann")!;
        var ben = Queue.Next(_at.Run, "Ben")!;

        Assert.NotEqual(ann.Item.Key, ben.Item.Key);
        Assert.Null(Queue.Next(_at.Run, "Cem"));
        Assert.Null(Queue.Open(ann.Item.Key, "Ben"));
        _at.Review.Decisions.Record(Decide(ann, DecisionKind.Skip));
        Assert.Null(Queue.Next(_at.Run, "Ann"));
        Assert.Equal(ann.Item.Key, Queue.Next(_at.Run, "Cem")!.Item.Key);
    }

    [Fact]
    public void Overlap_goes_to_two_different_people()
    {
        _at.Ask(labels: 2);
        _at.Add(1);

        var ann = Queue.Next(_at.Run, "Ann")!;
        var ben = Queue.Next(_at.Run, "Ben")!;
        Assert.Equal(ann.Item.Key, ben.Item.Key);
        Assert.Null(Queue.Next(_at.Run, "Cem"));

        _at.Review.Decisions.Record(Submit(ann));
        Assert.Null(Queue.Next(_at.Run, "Ann"));
        Assert.Null(Queue.Next(_at.Run, "Cem"));
        Queue.Release(ben.Token);
        Assert.NotNull(Queue.Next(_at.Run, "Cem"));
    }

    [Fact]
    public void What_was_left_lying_goes_to_somebody_else_and_the_late_label_is_refused()
    {
        _at.Ask(labels: 1);
        _at.Add(1);
        var late = Queue.Next(_at.Run, "Ann")!;
        _at.At.Clock.Now += TimeSpan.FromSeconds(299);
        Assert.Null(Queue.Next(_at.Run, "Ben"));
        Assert.True(Queue.Renew(late.Token));
        _at.At.Clock.Now += TimeSpan.FromSeconds(300);

        var ben = Queue.Next(_at.Run, "Ben")!;

        Assert.False(Queue.Renew(late.Token));
        var refused = Assert.Throws<LeaseLostException>(() => _at.Review.Decisions.Record(Submit(late)));
        Assert.Contains("is in front of Ben now", refused.Message, StringComparison.Ordinal);
        _at.Review.Decisions.Record(Submit(ben));
    }

    [Fact]
    public void A_run_that_is_not_there_is_named() =>
        Assert.Throws<RunNotFoundException>(() => Queue.Next(new("nobody"), "Ann"));

    private static IEnumerable<int> Seeds(IEnumerable<Lease> leases) => leases.Select(lease => lease.Item.SeedIndex);
}
