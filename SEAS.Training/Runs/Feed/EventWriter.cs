using System.Collections.Concurrent;
using SEAS.Data;
using SEAS.Data.Contracts.Events;

namespace SEAS.Training.Runs.Feed;

/// <summary>The one consumer that turns events into rows: lossless, in order, one transaction per batch.</summary>
internal sealed class EventWriter : IDisposable
{
    private const int LargestBatch = 512;

    private readonly BlockingCollection<RunEvent> _queue = [];
    private readonly Store _store;
    private readonly Action<RunEvent> _stored;
    private readonly Thread _thread;
    private long _enqueued;
    private long _written;
    private readonly object _progress = new();
    private Exception? _fault;

    public EventWriter(Store store, Action<RunEvent> stored)
    {
        _store = store;
        _stored = stored;
        _thread = new Thread(Work) { IsBackground = true, Name = "seas-event-writer" };
        _thread.Start();
    }

    public void Enqueue(RunEvent happened)
    {
        Interlocked.Increment(ref _enqueued);
        _queue.Add(happened);
    }

    public void ThrowIfFailed()
    {
        if (_fault is { } fault)
        {
            throw new IOException(
                $"Events of the run could not be stored: {fault.Message} Free space or mend the data folder, then resume the run.", fault);
        }
    }

    public void Flush()
    {
        var target = Interlocked.Read(ref _enqueued);
        while (Interlocked.Read(ref _written) < target && _fault is null)
        {
            lock (_progress)
            {
                Monitor.Wait(_progress, TimeSpan.FromMilliseconds(20));
            }
        }

        ThrowIfFailed();
    }

    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
    }

    private void Work()
    {
        var batch = new List<RunEvent>(LargestBatch);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < LargestBatch && _queue.TryTake(out var next))
            {
                batch.Add(next);
            }

            Write(batch);
            batch.Clear();
        }
    }

    private void Write(List<RunEvent> batch)
    {
        try
        {
            _store.Events.Append(batch);
            foreach (var last in batch.GroupBy(happened => happened.Run).Select(run => run.Last()))
            {
                _stored(last);
            }
        }
        catch (Exception error)
        {
            _fault ??= error;   // reported to the trainer at its next event, and by Flush
        }

        Interlocked.Add(ref _written, batch.Count);
        lock (_progress)
        {
            Monitor.PulseAll(_progress);
        }
    }
}
