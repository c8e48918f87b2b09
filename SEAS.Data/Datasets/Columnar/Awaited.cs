namespace SEAS.Data.Datasets.Columnar;

/// <summary>
/// The one place where a thread waits for Parquet.Net, which has asynchronous methods alone, while rows are read and written synchronously
/// everywhere (decisions 0004 and 0084).
/// </summary>
/// <remarks>
/// Nothing there waits for anything but the processor: the streams handed to it answer at once, so most tasks are finished when they are returned.
/// Its continuations must not be sent to a page's context, which the waiting thread would hold; with one, the work is done beside it.
/// </remarks>
internal static class Awaited
{
    /// <summary>Does asynchronous work and gives its result.</summary>
    /// <exception cref="Exception">What the work throws, as it is.</exception>
    public static T Result<T>(Func<Task<T>> work)
    {
        return One().ToBlockingEnumerable().First();

        async IAsyncEnumerable<T> One()
        {
            yield return await (SynchronizationContext.Current is null ? work() : Task.Run(work)).ConfigureAwait(false);
        }
    }

    /// <summary>Does asynchronous work to its end.</summary>
    /// <exception cref="Exception">What the work throws, as it is.</exception>
    public static void Done(Func<Task> work) => Result(async () =>
    {
        await work().ConfigureAwait(false);
        return true;
    });
}
