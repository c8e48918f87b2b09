using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;

namespace SEAS.Training.Runs.Feed;

/// <summary>Numbers what happens, hands it to the writer, and lets any number of viewers follow without gap or repeat.</summary>
/// <remarks>
/// The trainer never waits for a viewer and no event is dropped for a slow one: a viewer is only told that something is new and reads on
/// from its own place, from memory where it still is, else from the store. docs/threads.md draws it.
/// </remarks>
public sealed class RunFeed : IDisposable
{
    private readonly ConcurrentDictionary<RunId, RunJournal> _journals = new();
    private readonly Store _store;
    private readonly EventWriter _writer;
    private readonly TimeProvider _clock;

    /// <param name="store">Where events are kept.</param>
    /// <param name="clock">Stamps each event, in UTC.</param>
    public RunFeed(Store store, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _clock = clock;
        _writer = new EventWriter(store, persisted => Journal(persisted.Run).MarkPersisted(persisted.Sequence));
    }

    /// <summary>Appends one event and returns at once.</summary>
    /// <param name="run">The run it belongs to.</param>
    /// <param name="payload">What happened.</param>
    /// <exception cref="IOException">Earlier events could not be stored; the message says why.</exception>
    public RunEvent Publish<T>(RunId run, T payload)
        where T : class, IEventPayload => Publish(run, T.Kind, payload);

    /// <summary>Appends one event and returns at once.</summary>
    /// <param name="run">The run it belongs to.</param>
    /// <param name="kind">One of <see cref="EventKinds"/>.</param>
    /// <param name="payload">Plain numbers and strings; written as JSON in camel case.</param>
    /// <exception cref="IOException">Earlier events could not be stored; the message says why.</exception>
    internal RunEvent Publish(RunId run, string kind, object payload)
    {
        _writer.ThrowIfFailed();
        var json = StoredJson.Write(payload);
        return Journal(run).Append(number => new RunEvent(run, number, _clock.GetUtcNow(), kind, json), _writer.Enqueue);
    }

    /// <summary>Waits until everything published so far is stored.</summary>
    public void Flush() => _writer.Flush();

    /// <summary>Yields what is known of a run after a number, then what happens next: in order, without gaps, without repeats.</summary>
    /// <param name="run">The run to watch.</param>
    /// <param name="after">Number of the last event already seen; 0 for all.</param>
    /// <param name="interval">Shortest time between two batches; a fast trainer gives larger batches, not more of them.</param>
    /// <param name="cancellation">Ends the watch.</param>
    public async IAsyncEnumerable<IReadOnlyList<RunEvent>> WatchAsync(
        RunId run, long after, TimeSpan interval, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var journal = Journal(run);
        after = journal.Within(after);
        using var bell = journal.Subscribe();
        while (true)
        {
            var batch = journal.After(after) ?? _store.Events.After(run, after, RunJournal.Capacity);
            if (batch.Count > 0)
            {
                after = batch[^1].Sequence;
                yield return batch;
                await Task.Delay(interval, _clock, cancellation);
                continue;
            }

            await bell.WaitAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private RunJournal Journal(RunId run) => _journals.GetOrAdd(run, id => new RunJournal(_store.Events.LastSequence(id)));
}
