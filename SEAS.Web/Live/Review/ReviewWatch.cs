using SEAS.Data;
using SEAS.Data.Contracts;

namespace SEAS.Web.Live.Review;

/// <summary>Tells a page that the labels of a run have changed: at most once a second or as it says, and never for nothing.</summary>
internal static class ReviewWatch
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>Calls back after each change, until the page is left or the server goes down.</summary>
    public static Task FollowAsync(
        Store store, RunId run, TimeProvider clock, Func<Task> changed, CancellationToken leaving, TimeSpan? interval = null) =>
        FollowAsync(
            () => store.Review.Changes.Version(run), seen => store.Review.Changes.WaitAsync(run, seen, leaving), clock, changed,
            interval ?? s_interval, leaving);

    /// <summary>The same for the labels of all runs.</summary>
    public static Task FollowAllAsync(Store store, TimeProvider clock, Func<Task> changed, TimeSpan interval, CancellationToken leaving) =>
        FollowAsync(
            store.Review.Changes.Version, seen => store.Review.Changes.WaitAsync(seen, leaving), clock, changed, interval, leaving);

    private static async Task FollowAsync(
        Func<long> version, Func<long, Task<long>> wait, TimeProvider clock, Func<Task> changed, TimeSpan interval,
        CancellationToken leaving)
    {
        try
        {
            var seen = version();
            while (true)
            {
                seen = await wait(seen);
                await changed();
                await Task.Delay(interval, clock, leaving);
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The reader left the page.
        }
        catch (ObjectDisposedException)
        {
            // The server goes down while somebody looks.
        }
    }
}
