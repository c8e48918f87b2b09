using System.Collections.Concurrent;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Context;

namespace SEAS.Training.Runs.Stages;

/// <summary>Waits until there are enough labels or a person says "go on". Sleeps in between: a bell wakes it.</summary>
public sealed class LabelGate : IReviewGate
{
    private readonly ConcurrentDictionary<RunId, SemaphoreSlim> _bells = new();

    /// <inheritdoc/>
    public void Wait(ReviewWaiting waiting, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(waiting);
        var bell = Bell(waiting.Run);
        var told = -1;
        while (true)
        {
            var version = waiting.Store.Review.Changes.Version(waiting.Run);   // first: what comes after it rings
            var labels = waiting.Labels;
            if (labels != told)
            {
                waiting.Report(told = labels);
            }

            if (labels >= waiting.Wanted || waiting.IsReleased)
            {
                return;
            }

            _ = RingAsync(bell, waiting, version, cancellation);
            bell.Wait(cancellation);
        }
    }

    /// <summary>Lets the round that a run waits in choose its pairs with the labels that there are.</summary>
    /// <param name="store">The store that holds the run.</param>
    /// <param name="run">The run; it may be stopped, and then does not wait when it is resumed.</param>
    /// <param name="who">Who says so; kept in the ledger.</param>
    /// <returns>False when no round of it waits.</returns>
    public bool GoOn(Store store, RunId run, string who)
    {
        ArgumentNullException.ThrowIfNull(store);
        if (ReviewStage.WaitingRound(store, run) is not { } round)
        {
            return false;
        }

        ReviewStage.Release(store, run, round, store.Review.Decisions.Effective(run, round).Count, who);
        Bell(run).Release();
        return true;
    }

    private SemaphoreSlim Bell(RunId run) => _bells.GetOrAdd(run, _ => new SemaphoreSlim(0));

    private static async Task RingAsync(SemaphoreSlim bell, ReviewWaiting waiting, long version, CancellationToken cancellation)
    {
        try
        {
            await waiting.Store.Review.Changes.WaitAsync(waiting.Run, version, cancellation);
            bell.Release();
        }
        catch (OperationCanceledException)
        {
            // The run was stopped; whoever waits hears it too.
        }
    }
}
