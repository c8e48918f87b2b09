using System.Diagnostics;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Inputs;
using SEAS.Training.Runs;
using SEAS.Training.Runs.Branching;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;

namespace SEAS.Training.Hosting;

/// <summary>Creates runs and works on them, on whatever thread calls; that thread owns every tensor of the run.</summary>
/// <remarks>The hosted service and the headless command share it, so that both do the same.</remarks>
/// <param name="store">The store that holds the runs.</param>
/// <param name="feed">Where what happens is published.</param>
/// <param name="gate">Holds rounds that wait for people; null for the usual <see cref="LabelGate"/>.</param>
public sealed class RunExecutor(Store store, RunFeed feed, IReviewGate? gate = null)
{
    private readonly IReviewGate _gate = gate ?? new LabelGate();

    /// <summary>Validates a plan and puts it into the store as a queued run.</summary>
    /// <exception cref="RunPlanException">The plan cannot work; the message lists every problem.</exception>
    public Run Create(RunPlan plan)
    {
        RunPlanException.ThrowIfAny([.. RunPlanValidation.Problems(plan), .. RunInputs.Problems(plan, store)]);
        ComputeDevice.Choose(plan.Device);
        return store.Runs.Create(plan.Preset, plan.Seed, RunPlanText.Write(plan), RunPlanText.Hash(plan));
    }

    /// <summary>Works on a run until it is finished, stopped or failed; what the ledger holds is not done again.</summary>
    /// <param name="id">A run that is queued, stopped or failed.</param>
    /// <param name="cancellation">Stops the run at the next unit of work; it can be resumed.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    /// <exception cref="RunHeldException">A round missed a limit at which the plan says to stop; it can be resumed.</exception>
    public void Execute(RunId id, CancellationToken cancellation)
    {
        var run = store.Runs.MarkRunning(id);
        var watch = Stopwatch.StartNew();
        try
        {
            feed.Publish(id, new RunStartedEvent());
            TellOnce(run);
            Work(run, watch, cancellation);
            store.Runs.AddActiveSeconds(id, watch.Elapsed.TotalSeconds);
            store.Runs.MarkFinished(id);
            feed.Publish(id, new RunFinishedEvent());
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            store.Runs.AddActiveSeconds(id, watch.Elapsed.TotalSeconds);
            store.Runs.MarkStopped(id);
            feed.Publish(id, new RunStoppedEvent());
            throw;
        }
        catch (RunHeldException)
        {
            store.Runs.AddActiveSeconds(id, watch.Elapsed.TotalSeconds);
            store.Runs.MarkStopped(id);
            feed.Publish(id, new RunStoppedEvent());
            throw;
        }
        catch (Exception error)
        {
            Fail(id, watch.Elapsed, error);
            throw;
        }
        finally
        {
            feed.Flush();
        }
    }

    /// <summary>Puts a run into the store that does one round of another run again, from the same weights and attacks, without
    /// labels.</summary>
    /// <param name="parent">A run that has chosen the pairs of that round.</param>
    /// <param name="round">The round.</param>
    /// <exception cref="RunPlanException">The parent has not come so far, or is a branch itself.</exception>
    public Run Branch(RunId parent, int round) => Create(BranchOrigin.Plan(store, parent, round));

    /// <summary>Lets the round that a run waits in choose its pairs with the labels that there are.</summary>
    /// <param name="id">The run; it may be stopped, and then does not wait when it is resumed.</param>
    /// <param name="who">Who says so.</param>
    /// <returns>False when no round of it waits.</returns>
    public bool GoOn(RunId id, string who) => _gate is LabelGate labels && labels.GoOn(store, id, who);

    /// <summary>Marks a run that nobody works on yet as stopped, so that its page says so at once.</summary>
    public void StopIfQueued(RunId id)
    {
        if (store.Runs.Get(id).Status == RunStatus.Queued)
        {
            store.Runs.MarkStopped(id);
            feed.Publish(id, new RunStoppedEvent());
        }
    }

    // What a person should know stands among the run's alerts, once, whoever started it.
    private void TellOnce(Run run)
    {
        if (!store.Units.List(run.Id, 0, RunStage.Initialization).Any())
        {
            foreach (var notice in RunInputs.Notices(RunPlanText.Of(run), store))
            {
                feed.Publish(run.Id, new AlertEvent(notice));
            }
        }
    }

    private void Work(Run run, Stopwatch watch, CancellationToken cancellation)
    {
        var plan = RunPlanText.Of(run);
        if (plan.SeedFile is { } seeds)
        {
            new GivenFiles(store, run.Id).Require("seeds", seeds);
        }

        using var context = new LoopContext(
            run, plan, store, feed, RunInputs.Open(plan, store), ComputeDevice.Choose(plan.Device), _gate, watch, cancellation);
        SeasLoop.Run(context);
    }

    // The store itself may be what failed; then the first error is the one to show.
    private void Fail(RunId id, TimeSpan elapsed, Exception error)
    {
        try
        {
            store.Runs.AddActiveSeconds(id, elapsed.TotalSeconds);
            store.Runs.MarkFailed(id, error.Message);
            feed.Publish(id, new RunFailedEvent(error.Message));
        }
        catch (Exception second)
        {
            throw new AggregateException(error, second);
        }
    }
}
