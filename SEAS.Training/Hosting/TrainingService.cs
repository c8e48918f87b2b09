using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Hosting;

/// <summary>Takes runs from a queue and works on one after the other, on one dedicated thread that owns every tensor of the
/// process.</summary>
public sealed partial class TrainingService(Store store, RunExecutor executor, ILogger<TrainingService> log) : IHostedService, IDisposable
{
    private readonly BlockingCollection<RunId> _queue = [];
    private readonly ConcurrentDictionary<RunId, CancellationTokenSource> _stops = new();
    private readonly CancellationTokenSource _shutdown = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True once runs left over by a dead process are known as stopped and the queue is served.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Queues a plan.</summary>
    /// <exception cref="RunPlanException">The plan cannot work; nothing was stored.</exception>
    public Run Enqueue(RunPlan plan)
    {
        var run = executor.Create(plan);
        Add(run.Id);
        return run;
    }

    /// <summary>Queues a stopped or failed run again; it goes on after the last finished unit of work.</summary>
    public void Resume(RunId id)
    {
        var run = store.Runs.Get(id);
        if (run.Status is not (RunStatus.Stopped or RunStatus.Failed) || _stops.ContainsKey(id))
        {
            throw new InvalidOperationException($"Run {id.Value} is {run.Status}; only a stopped or failed run can be resumed.");
        }

        store.Runs.MarkQueued(id);
        Add(id);
    }

    /// <summary>Queues a run that does one round of another run again without labels; see <see cref="RunExecutor.Branch"/>.</summary>
    /// <exception cref="RunPlanException">The parent has not come so far, or is a branch itself.</exception>
    public Run Branch(RunId parent, int round)
    {
        var run = executor.Branch(parent, round);
        Add(run.Id);
        return run;
    }

    /// <summary>Lets a round that waits for labels go on with those that there are; see <see cref="RunExecutor.GoOn"/>.</summary>
    /// <returns>False when no round of the run waits.</returns>
    public bool GoOn(RunId id, string who) => executor.GoOn(id, who);

    /// <summary>Asks a run to stop at its next unit of work; what is done stays done.</summary>
    /// <returns>False when the run is neither queued nor running.</returns>
    public bool Stop(RunId id)
    {
        if (!_stops.TryGetValue(id, out var stop))
        {
            return false;
        }

        stop.Cancel();
        executor.StopIfQueued(id);
        return true;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        store.Runs.RecoverInterrupted();
        foreach (var waiting in store.Runs.List().Where(run => run.Status == RunStatus.Queued).OrderBy(run => run.CreatedUtc))
        {
            Add(waiting.Id);
        }

        new Thread(Work) { IsBackground = true, Name = "seas-training" }.Start();
        IsReady = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _shutdown.CancelAsync();
        _queue.CompleteAdding();
        await _ended.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _queue.Dispose();
        _shutdown.Dispose();
    }

    private void Add(RunId id)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_shutdown.Token);
        if (_stops.TryAdd(id, stop))
        {
            _queue.Add(id);
        }
        else
        {
            stop.Dispose();   // it waits already
        }
    }

    private void Work()
    {
        foreach (var id in _queue.GetConsumingEnumerable())
        {
            if (_shutdown.IsCancellationRequested)
            {
                break;
            }

            using var stop = _stops[id];
            try
            {
                stop.Token.ThrowIfCancellationRequested();   // stopped while it waited
                executor.Execute(id, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                LogStopped(id.Value);
            }
            catch (RunHeldException held)
            {
                LogHeld(id.Value, held.Message);
            }
            catch (Exception error)
            {
                LogFailed(error, id.Value);   // the run's page shows it; the next run may still work
            }
            finally
            {
                _stops.TryRemove(id, out _);
            }
        }

        _ended.SetResult();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Run {Run} was stopped and can be resumed.")]
    private partial void LogStopped(string run);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Run {Run}: {Reason}")]
    private partial void LogHeld(string run, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Run {Run} failed.")]
    private partial void LogFailed(Exception error, string run);
}
