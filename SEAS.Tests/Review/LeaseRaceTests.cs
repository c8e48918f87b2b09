using SEAS.Data.Contracts.Review;
using SEAS.Training.Review;
using static SEAS.Tests.Review.ReviewFolder;

namespace SEAS.Tests.Review;

public sealed class LeaseRaceTests : IDisposable
{
    private readonly ReviewFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Fact]
    public async Task Many_people_at_once_label_every_item_as_often_as_asked_and_never_twice()
    {
        _at.Review.Settings.Save(_at.Run, new ReviewSettings { OverlapShare = 0.3 });
        _at.Add(300);

        await Race(people: 12, (name, number) =>
        {
            // Every fifth is let go instead, every seventh skipped: it must come to somebody else.
            foreach (var lease in _at.Review.Queue.Prefetch(_at.Run, name, 2))
            {
                if ((number + lease.Item.Key) % 7 == 0)
                {
                    _at.Review.Decisions.Record(Decide(lease, DecisionKind.Skip));
                }
                else if ((number + lease.Item.Key) % 5 == 0)
                {
                    _at.Review.Queue.Release(lease.Token);
                }
                else
                {
                    _at.Review.Decisions.Record(Submit(lease));
                }
            }
        });

        AssertComplete();
    }

    [Fact]
    public async Task With_a_clock_that_jumps_to_and_fro_a_late_label_is_refused_but_none_is_taken_twice()
    {
        _at.Review.Settings.Save(_at.Run, new ReviewSettings { OverlapShare = 0.3 });
        _at.Add(200);
        var lost = 0;
        var clock = _at.At.Clock;

        await Race(people: 8, (name, number) =>
        {
            var leases = _at.Review.Queue.Prefetch(_at.Run, name, 3);
            clock.Now += TimeSpan.FromMinutes(number % 3 == 0 ? 30 : -20);
            foreach (var lease in leases)
            {
                try
                {
                    _at.Review.Decisions.Record(Submit(lease));
                }
                catch (LeaseLostException)
                {
                    Interlocked.Increment(ref lost);
                }
            }
        });

        Assert.True(lost > 0, "No lease was lost, so the test showed nothing.");
        AssertComplete();
    }

    // Each person goes on until there is nothing for them; then, once all others are done, they look again.
    private async Task Race(int people, Action<string, int> turn)
    {
        for (var again = 0; again < 20 && _at.Review.Queue.Left(_at.Run, "nobody") > 0; again++)
        {
            _at.At.Clock.Now += TimeSpan.FromHours(2);
            var round = again;
            await Task.WhenAll(Enumerable.Range(0, people).Select(person => Task.Factory.StartNew(
                () =>
                {
                    // In the later rounds other people come, for whom nothing is skipped.
                    var name = $"person {person} of {round}";
                    for (var number = person; _at.Review.Queue.Next(_at.Run, name) is { } lease; number++)
                    {
                        _at.Review.Queue.Release(lease.Token);
                        turn(name, number);
                    }
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));
        }
    }

    private void AssertComplete()
    {
        var labels = _at.Review.Decisions.Current(_at.Run).Where(decision => decision.Kind == DecisionKind.Submit).ToLookup(d => d.Item);
        Assert.All(_at.Review.Items.OfRun(_at.Run), item =>
        {
            Assert.Equal(ReviewState.Agreed, item.State);
            Assert.Equal(item.Wanted, labels[item.Key].Count());
            Assert.Equal(item.Wanted, labels[item.Key].Select(decision => decision.Annotator).Distinct().Count());
        });
        Assert.InRange(_at.Review.Items.OfRun(_at.Run).Count(item => item.Wanted == 2), 1, 150);
    }
}
