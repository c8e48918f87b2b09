using System.Runtime.ExceptionServices;

namespace SEAS.Training.Endpoints;

/// <summary>Many calls at once, a bounded number of them open at the same time, for a caller that waits.</summary>
/// <remarks>
/// The calls run on the pool's threads, so that nothing is awaited on the thread that owns the tensors, and no tensor scope is open where
/// they run. When one fails, the others are given up; none outlives the batch.
/// </remarks>
internal static class EndpointBatch
{
    /// <summary>The results, in the order of the items.</summary>
    /// <exception cref="EndpointException">The first call that failed for good.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public static IReadOnlyList<TResult> Run<TItem, TResult>(
        IReadOnlyList<TItem> items, int concurrency, Func<TItem, CancellationToken, Task<TResult>> call, CancellationToken cancellation)
    {
        var results = new TResult[items.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellation };
        ExceptionDispatchInfo? fault = null;
        using var ended = new ManualResetEventSlim();
        _ = Task.Run(WorkAsync, CancellationToken.None);
        ended.Wait(CancellationToken.None);   // a stopped run cancels the calls, and the batch ends with the last of them
        fault?.Throw();
        return results;

        async Task WorkAsync()
        {
            try
            {
                await Parallel.ForEachAsync(
                    Enumerable.Range(0, items.Count), options, async (item, given) => results[item] = await call(items[item], given));
            }
            catch (Exception error)
            {
                fault = ExceptionDispatchInfo.Capture(error);   // thrown again on the thread that waits
            }
            finally
            {
                ended.Set();
            }
        }
    }
}
