using System.Diagnostics;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Review;
using Xunit.Abstractions;
using static SEAS.Tests.Review.ReviewFolder;

namespace SEAS.Tests.Review;

/// <summary>A long queue stays right, and says how quick it is; what is asserted is never a time.</summary>
public sealed class LargeQueueTests(ITestOutputHelper output) : IDisposable
{
    private const int Items = 100_000;
    private const int Done = 50_000;
    private const int Turns = 400;

    private readonly ReviewFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Of_a_hundred_thousand_items_each_person_gets_the_best_that_is_left_for_them()
    {
        Measured("sending them to review", () => _at.Review.Items.Add(
            [.. Enumerable.Range(0, Items).Select(seed => _at.Candidate(
                seed,
                value: 1 + (seed * 7919L % 1000),
                category: $"type {seed % 14}",
                group: seed % 3 == 0 ? $"group {seed % 5000}" : ""))]));

        AssertTurns("with none done", "Ann");
        Measured("marking half of them as done by Ann", MarkHalfAsDone);
        _at.At.Reopen();
        AssertTurns("Ann with half done, one in ten of them waiting for somebody else", "Ann");
        AssertTurns("Ben, who may take those", "Ben");

        Measured("what is left for one", () => _at.Review.Queue.Left(_at.Run, "Ann"));
        Measured("counts by state", () => _at.Review.Items.CountsByState(_at.Run));
        Measured("counts by reason", () => _at.Review.Items.CountsByReason(_at.Run));
        Measured("pace", () => _at.Review.Decisions.Pace(_at.Run));
        var pending = new ReviewFilter { State = ReviewState.Pending };
        Measured("a page in the middle", () => _at.Review.Items.Page(_at.Run, pending, limit: 50, afterKey: 60_000));
        Measured("what the labels come to", () => _at.Review.Decisions.Effective(_at.Run, 1));
        Measured("one item more, by hand", () => _at.Review.Items.Add([_at.Candidate(Items)]));
        Assert.Equal(Items + 1, _at.Review.Items.CountsByState(_at.Run).Sum(count => count.Items));
    }

    // As a page does it: while one item is decided on, the next one is there already.
    private void AssertTurns(string what, string annotator)
    {
        var left = _at.Review.Queue.Left(_at.Run, annotator);
        var times = new List<double>();
        var seen = new List<ReviewItem>();
        var lease = _at.Review.Queue.Next(_at.Run, annotator)!;
        for (var turn = 0; turn < Turns; turn++)
        {
            seen.Add(lease.Item);
            var start = Stopwatch.GetTimestamp();
            _at.Review.Decisions.Record(Submit(lease));
            lease = _at.Review.Queue.Next(_at.Run, annotator)!;
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        _at.Review.Queue.Release(lease.Token);
        times.Sort();
        output.WriteLine(FormattableString.Invariant(
            $"{what}: decision and next item {times[Turns / 2]:0.00} ms median, ") + FormattableString.Invariant(
            $"{times[Turns * 95 / 100]:0.00} ms p95, {times[^1]:0.0} ms most"));
        Assert.Equal(Turns, seen.Select(item => item.Key).Distinct().Count());
        Assert.Equal(left - Turns, _at.Review.Queue.Left(_at.Run, annotator));
        Assert.Equal(seen.Select(Octave).OrderDescending(), seen.Select(Octave));
        Assert.InRange(seen.Take(140).Select(item => item.Category).Distinct().Count(), 12, 14);
    }

    private static int Octave(ReviewItem item) => (int)Math.Floor(Math.Log2(item.Value));

    // What 50,000 calls of Record would leave, in a tenth of the time.
    private void MarkHalfAsDone() => _at.At.Alter($"""
        CREATE TEMP TABLE half AS
            SELECT key FROM review_items WHERE open = 1 AND state = 'Pending'
             ORDER BY round DESC, group_turn, worth DESC, category_turn, value DESC, key LIMIT {Done};
        INSERT INTO review_decisions
               (run_id, item, annotator, kind, origin, safety, invalid, seconds, guideline_version, suggestion_shown, at_utc)
        SELECT '{_at.Run}', key, 'Ann', 'Submit', 'Person', 'Unsafe', 0, 2.5, 0, 0, '2026-03-04T05:06:07.0000000Z' FROM half;
        UPDATE review_items
           SET votes = 1, submissions = 1, state = CASE wanted WHEN 1 THEN 'Agreed' ELSE 'Partial' END, open = wanted > 1
         WHERE key IN (SELECT key FROM half);
        INSERT INTO review_standing (item, annotator, run_id, decision, open)
        SELECT item, annotator, review_decisions.run_id, id, review_items.open
          FROM review_decisions JOIN review_items ON review_items.key = item
         WHERE item IN (SELECT key FROM half);
        """);

    private void Measured(string what, Action work) => Measured(what, () =>
    {
        work();
        return true;
    });

    private void Measured<T>(string what, Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        output.WriteLine(FormattableString.Invariant($"{what}: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.0} ms"));
    }
}
