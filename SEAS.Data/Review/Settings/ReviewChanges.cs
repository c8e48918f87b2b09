using System.Collections.Concurrent;
using SEAS.Data.Contracts;

namespace SEAS.Data.Review.Settings;

/// <summary>A bell for each run: rung whenever something about its review was stored, so that pages follow without asking again.</summary>
public sealed class ReviewChanges
{
    private readonly ConcurrentDictionary<RunId, Bell> _bells = new();
    private readonly Bell _any = new();

    internal ReviewChanges()
    {
    }

    /// <summary>How often the bell has rung since the store was opened.</summary>
    public long Version(RunId run) => Of(run).Version;

    /// <summary>Waits until the bell has rung more often than this.</summary>
    /// <param name="run">The run.</param>
    /// <param name="afterVersion">The last version that the caller has seen.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The version then.</returns>
    public Task<long> WaitAsync(RunId run, long afterVersion, CancellationToken cancellation) =>
        Of(run).After(afterVersion).WaitAsync(cancellation);

    /// <summary>How often any run's bell has rung.</summary>
    public long Version() => _any.Version;

    /// <summary>Waits until any run's bell has rung, those of all runs counted together more often than this.</summary>
    public Task<long> WaitAsync(long afterVersion, CancellationToken cancellation) => _any.After(afterVersion).WaitAsync(cancellation);

    /// <summary>Something was committed.</summary>
    internal void Ring(RunId run)
    {
        Of(run).Ring();
        _any.Ring();
    }

    private Bell Of(RunId run) => _bells.GetOrAdd(run, _ => new Bell());

    private sealed class Bell
    {
        private readonly Lock _lock = new();
        private TaskCompletionSource<long> _next = New();
        private long _version;

        public long Version
        {
            get
            {
                lock (_lock)
                {
                    return _version;
                }
            }
        }

        public Task<long> After(long version)
        {
            lock (_lock)
            {
                return _version > version ? Task.FromResult(_version) : _next.Task;
            }
        }

        public void Ring()
        {
            TaskCompletionSource<long> waiting;
            long version;
            lock (_lock)
            {
                waiting = _next;
                version = ++_version;
                _next = New();
            }

            waiting.SetResult(version);
        }

        // Continuations run elsewhere: whoever rings does not do the waiters' work.
        private static TaskCompletionSource<long> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
