using System.Threading.Channels;
using SEAS.Data.Contracts.Events;

namespace SEAS.Training.Runs.Feed;

/// <summary>The recent events of one run in memory, and the bells of those who follow it.</summary>
/// <remarks>Holds the newest <see cref="Capacity"/> events and, whatever their number, every event that is not stored yet.</remarks>
internal sealed class RunJournal(long lastSequence)
{
    /// <summary>Events kept in memory once they are stored.</summary>
    public const int Capacity = 1024;

    private readonly Lock _lock = new();
    private readonly Queue<RunEvent> _recent = new();
    private readonly List<Bell> _bells = [];
    private long _last = lastSequence;
    private long _persisted = lastSequence;

    public RunEvent Append(Func<long, RunEvent> create, Action<RunEvent> enqueue)
    {
        lock (_lock)
        {
            var next = create(_last + 1);
            _last = next.Sequence;
            _recent.Enqueue(next);
            enqueue(next);   // inside the lock: the writer sees numbers in order
            foreach (var bell in _bells)
            {
                bell.Ring();
            }

            return next;
        }
    }

    public void MarkPersisted(long sequence)
    {
        lock (_lock)
        {
            _persisted = Math.Max(_persisted, sequence);
            while (_recent.Count > Capacity && _recent.Peek().Sequence <= _persisted)
            {
                _recent.Dequeue();
            }
        }
    }

    /// <summary>The events after a number, or null when they have left memory and stand in the store.</summary>
    public IReadOnlyList<RunEvent>? After(long sequence)
    {
        lock (_lock)
        {
            if (sequence >= _last)
            {
                return [];
            }

            return _recent.Count > 0 && _recent.Peek().Sequence <= sequence + 1
                ? [.. _recent.SkipWhile(happened => happened.Sequence <= sequence)]
                : null;
        }
    }

    /// <summary>A viewer's place, brought back to the last event there is.</summary>
    /// <remarks>A killed process may have shown events that it could not store; the next one gives their numbers again.</remarks>
    public long Within(long sequence)
    {
        lock (_lock)
        {
            return Math.Clamp(sequence, 0, _last);
        }
    }

    public Bell Subscribe()
    {
        lock (_lock)
        {
            var bell = new Bell(Leave);
            _bells.Add(bell);
            return bell;
        }
    }

    private void Leave(Bell bell)
    {
        lock (_lock)
        {
            _bells.Remove(bell);
        }
    }

    /// <summary>Rings at most once until it is heard: a slow viewer costs one slot, not a queue.</summary>
    internal sealed class Bell(Action<Bell> leave) : IDisposable
    {
        private readonly Channel<bool> _slot =
            Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public void Ring() => _slot.Writer.TryWrite(true);

        public async Task WaitAsync(CancellationToken cancellation) => await _slot.Reader.ReadAsync(cancellation);

        public void Dispose() => leave(this);
    }
}
