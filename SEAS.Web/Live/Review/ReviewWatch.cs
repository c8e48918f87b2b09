using SEAS.Data;
using SEAS.Data.Domain;

namespace SEAS.Web.Live.Review;

/// <summary>Tells a page that the labels of a run have changed: at most once a second or as it says, and never for nothing.</summary>
internal static class ReviewWatch
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>Calls back after each change, until the page is left or the server goes down.</summary>
    public static async Task FollowAsync(
        Store store, RunId run, TimeProvider clock, Func<Task> changed, CancellationToken leaving, TimeSpan? interval = null)
    {
        try
        {
            var seen = store.Review.Changes.Version(run);
            while (true)
            {
                seen = await store.Review.Changes.WaitAsync(run, seen, leaving);
                await changed();
                await Task.Delay(interval ?? s_interval, clock, leaving);
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
