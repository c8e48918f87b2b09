using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Guards;
using SEAS.Training.Inputs;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using static TorchSharp.torch;

namespace SEAS.Training.Lineage;

/// <summary>The parts of a run whose data folder is here.</summary>
internal sealed class StoredParts(RunRows rows) : IReplayParts
{
    private IRunInputs? _inputs;

    public ITuningRows Tuning => Inputs;

    public IRunInputs Inputs => _inputs ??= RunInputs.Open(rows.Plan, rows.Store);

    /// <exception cref="RowNotFoundException">The run has not written them.</exception>
    /// <exception cref="CheckpointException">What lies there is not what the run wrote.</exception>
    public string Weights(ModelRole role, int iteration)
    {
        var id = new CheckpointId(rows.Run.Id, role, iteration);
        var recorded = rows.Require(rows.Store.Checkpoints.Find(id.Run, role, iteration), id);
        var folder = Path.Combine(rows.Store.Folder, recorded.Folder);
        CheckpointManifest.RequireWeights(folder, recorded.Sha256);
        return folder;
    }

    public Guard OpenGuard(Device device) => rows.Plan.OpenGuard(device);

    // A store has every round up to the one that is asked for.
    public void RequireRounds(int round, IReadOnlyList<int> needed)
    {
    }
}
