using System.Diagnostics;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Runs.Plan;
using static TorchSharp.torch;

namespace SEAS.Training.Runs.Context;

/// <summary>What every stage of one run works with. Lives on the training thread.</summary>
internal sealed class LoopContext(Run run, RunPlan plan, Store store, RunFeed feed, IRunInputs inputs, Device device,
    IReviewGate gate, Stopwatch watch, CancellationToken cancellation) : IDisposable
{
    public RunId Id => run.Id;

    public RunPlan Plan => plan;

    public Store Store => store;

    public IRunInputs Inputs => inputs;

    public Device Device => device;

    /// <summary>The models that the run was given, held to what they were.</summary>
    public GivenFiles Given { get; } = new(store, run.Id);

    /// <summary>Keeps one model at a time on the device; null where all fit.</summary>
    public ModelResidency? Residency { get; } = GpuRoom.For(plan, device);

    /// <summary>The weights that the run's models share; null where each has its own.</summary>
    public BaseShelf? Shelf { get; } = plan.SharedBase ? new BaseShelf() : null;

    /// <inheritdoc/>
    public void Dispose() => Shelf?.Dispose();

    /// <summary>Holds rounds that wait for people.</summary>
    public IReviewGate Gate => gate;

    /// <summary>What the run's endpoints were asked.</summary>
    public EndpointLog Endpoints { get; } = new(use => feed.Publish(run.Id, use), alert => feed.Publish(run.Id, alert));

    public CancellationToken Cancellation => cancellation;

    /// <summary>The stream of one unit of work: the same whenever and in whatever company the unit runs.</summary>
    public RandomStream Random(string stage, params ReadOnlySpan<long> indices) => new((ulong)plan.Seed, stage, indices);

    public void Publish<T>(T payload)
        where T : class, IEventPayload => feed.Publish(run.Id, payload);

    /// <summary>Holds the watch of the run's work until it is disposed: waiting for people is no work.</summary>
    public IDisposable PauseWatch()
    {
        watch.Stop();
        return new Pause(watch);
    }

    /// <summary>Where one iterate of a model lives; a branch uses its parent's until the round that it does again.</summary>
    public string CheckpointFolder(ModelRole role, int iteration)
    {
        var written = Written(role, iteration);
        return Path.Combine(
            store.Folder, "runs", plan.Branch is { } branch && written < branch.Round ? branch.Parent : run.Id.Value,
            "checkpoints", $"{role.Name()}-{written}");
    }

    /// <summary>Where a recorded iterate lives, if what lies there is what was recorded.</summary>
    /// <exception cref="CheckpointException">The ledger holds it with other weights than its folder's manifest does, or there is no manifest.</exception>
    public string RecordedFolder(ModelRole role, int iteration)
    {
        var folder = CheckpointFolder(role, iteration);
        if (store.Checkpoints.Find(run.Id, role, Written(role, iteration)) is { } recorded)
        {
            CheckpointManifest.RequireWeights(folder, recorded.Sha256);
        }

        return folder;
    }

    private int Written(ModelRole role, int iteration) => plan.IsFixed(role) ? 0 : iteration;

    /// <summary>A finished unit's result, or null while it is still to be done.</summary>
    public T? Done<T>(UnitKey key)
        where T : class => store.Units.Find(run.Id, key) is { } unit ? StoredJson.Read<T>(unit.ResultJson) : null;

    /// <summary>Does a unit unless the ledger holds it already, and records its result.</summary>
    /// <remarks>For units whose only product is the result itself; units with rows of their own save rows and entry in one
    /// transaction.</remarks>
    public T Once<T>(UnitKey key, Func<T> work)
        where T : class
    {
        if (Done<T>(key) is { } done)
        {
            return done;
        }

        cancellation.ThrowIfCancellationRequested();
        var result = work();
        store.Units.Record(run.Id, key, StoredJson.Write(result));
        return result;
    }

    private sealed class Pause(Stopwatch watch) : IDisposable
    {
        public void Dispose() => watch.Start();
    }
}
