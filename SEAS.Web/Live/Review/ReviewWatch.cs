using System.Runtime.CompilerServices;
using SEAS.Data;
using SEAS.Data.Domain;

namespace SEAS.Web.Live.Review;

/// <summary>Tells a page that the labels of a run have changed: at most once a second, and never for nothing.</summary>
internal static class ReviewWatch
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>Yields after each change, until the page is left.</summary>
    public static async IAsyncEnumerable<long> ChangesAsync(
        Store store, RunId run, TimeProvider clock, [EnumeratorCancellation] CancellationToken leaving)
    {
        var seen = store.Review.Changes.Version(run);
        while (true)
        {
            seen = await store.Review.Changes.WaitAsync(run, seen, leaving);
            yield return seen;
            await Task.Delay(s_interval, clock, leaving);
        }
    }
}
