using SEAS.Data.Review.Settings;

namespace SEAS.Tests.Review;

public sealed class ReviewChangesTests : IDisposable
{
    private readonly ReviewFolder _at = new();

    private ReviewChanges Changes => _at.Review.Changes;

    public void Dispose() => _at.Dispose();

    [Fact]
    public async Task Whoever_waits_hears_of_each_thing_that_was_stored()
    {
        _at.Ask(labels: 1);
        Action[] changes =
        [
            () => _at.Add(2), () => _at.Review.Queue.Next(_at.Run, "Ann"), () => _at.Label(1, "Ann"),
            () => _at.Review.Decisions.Undo(_at.Run, "Ann"), () => _at.Ask(labels: 2),
            () => _at.Review.Guidelines.Save(_at.Run, "a", "Lea"),
        ];

        foreach (var change in changes)
        {
            var seen = Changes.Version(_at.Run);
            var waiting = Changes.WaitAsync(_at.Run, seen, CancellationToken.None);
            var any = Changes.WaitAsync(Changes.Version(), CancellationToken.None);
            Assert.False(waiting.IsCompleted || any.IsCompleted);
            change();
            await any;
            Assert.True(await waiting > seen);
        }
    }

    [Fact]
    public async Task What_was_missed_is_heard_of_at_once_and_other_runs_are_not()
    {
        var other = _at.At.NewRun().Id;
        var before = Changes.Version(_at.Run);
        _at.Add(1);

        Assert.True(await Changes.WaitAsync(_at.Run, before, CancellationToken.None) > before);
        Assert.False(Changes.WaitAsync(other, Changes.Version(other), CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task A_wait_ends_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = Changes.WaitAsync(_at.Run, Changes.Version(_at.Run), cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
