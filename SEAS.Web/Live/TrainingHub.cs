using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Feed;

namespace SEAS.Web.Live;

/// <summary>Streams a run's numbered events to programs: the same that the pages draw.</summary>
/// <remarks>
/// <c>connection.stream("Watch", "embedded-1", 0)</c> yields <c>{ run, sequence, atUtc, kind, payload }</c>, in order, without gap or
/// repeat. After a lost connection ask again with the last sequence seen.
/// </remarks>
internal sealed class TrainingHub(Store store, RunFeed feed) : Hub
{
    /// <summary>Where the hub listens.</summary>
    public const string Path = "/hubs/training";

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    /// <summary>What happened in a run after an event, then what happens next.</summary>
    /// <param name="runId">The run's id.</param>
    /// <param name="after">Number of the last event already seen; 0 for all.</param>
    /// <param name="cancellation">Ends with the connection or when the caller unsubscribes.</param>
    public async IAsyncEnumerable<EventMessage> Watch(string runId, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var run = store.Runs.Find(new RunId(runId))
            ?? throw new HubException($"There is no run \"{runId}\". GET /api/v1/runs lists the runs of this server.");
        if (after < 0)
        {
            throw new HubException($"after is {after}, but must be 0 (everything) or the number of the last event seen.");
        }

        await foreach (var batch in feed.WatchAsync(run.Id, after, s_interval, cancellation))
        {
            foreach (var happened in batch)
            {
                yield return EventMessage.From(happened);
            }
        }
    }
}
