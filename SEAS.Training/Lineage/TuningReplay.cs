using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Stages;
using static TorchSharp.torch;

namespace SEAS.Training.Lineage;

/// <summary>Plans, or does, a round's tuning again.</summary>
internal sealed class TuningReplay(RunRows rows, Device device)
{
    /// <summary>What each step should have learnt, beside what it is recorded to have learnt.</summary>
    public IEnumerable<ReplayFinding> Steps(ModelRole role, int round, IReadOnlyList<StepId> wanted)
    {
        using var player = Open(role, round);
        var planned = Update(role, round).Plan(player, Pairs(role, round)).Steps;
        foreach (var id in wanted)
        {
            var recorded = rows.Require(rows.Step(id), id);
            yield return new ReplayFinding(
                id, "what the step learnt", Text(recorded.Pairs, recorded.General),
                id.Step <= planned.Count ? Text(planned[id.Step - 1].Examples, planned[id.Step - 1].General) : "no step");
        }
    }

    /// <summary>Tunes a model again from its parent, and compares the weights.</summary>
    public ReplayFinding Weights(CheckpointId id, CancellationToken cancellation)
    {
        var recorded = rows.Require(rows.Store.Checkpoints.Find(rows.Run.Id, id.Role, id.Iteration), id);
        var folder = Directory.CreateTempSubdirectory("seas-replay-").FullName;
        try
        {
            using var player = Open(id.Role, id.Iteration);
            Update(id.Role, id.Iteration).Run(player, Pairs(id.Role, id.Iteration), _ => { }, cancellation);
            var manifest = new CheckpointManifest(recorded.Role.ToString(), id.Iteration, null, null, 0);
            ModelFolder.Save(Path.Combine(folder, "weights"), player.Folder.Model, player.Folder.Tokenizer, manifest, rows.Plan.Weights);
            return new ReplayFinding(id, "SHA-256 of the weights", recorded.Sha256, WeightsChecksum.Of(Path.Combine(folder, "weights")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private RoundTuning Update(ModelRole role, int round) => new(
        rows.Plan, rows.Parts.Tuning, role, round, () => Open(role, round: 1));

    private IReadOnlyList<PreferencePair> Pairs(ModelRole role, int round) => rows.Store.Pairs.Load(rows.Run.Id, round, role);

    private LocalChatModel Open(ModelRole role, int round) => new(rows.Plan.OpenCheckpoint(rows.Parts.Weights(role, round - 1), device));

    private static string Text(IEnumerable<int> pairs, IEnumerable<int> general) =>
        $"pairs {string.Join(' ', pairs)}; general rows {string.Join(' ', general)}";
}
