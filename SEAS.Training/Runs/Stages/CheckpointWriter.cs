using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Runs.Stages;

/// <summary>Writes one iterate to disk, then records it: a crash in between leaves a folder that the repeated unit replaces.</summary>
internal static class CheckpointWriter
{
    public static void Write(
        LoopContext context, ModelRole role, int iteration, LocalChatModel player, MetricRecorder metrics, UnitKey key, object result)
    {
        var folder = context.CheckpointFolder(role, iteration);
        var parent = iteration == 0 ? null : context.CheckpointFolder(role, iteration - 1);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var manifest = new CheckpointManifest(role.Name(), iteration, Path.GetFileName(parent),
            RunPlanText.Hash(context.Plan), metrics.Steps);
        ModelFolder.Save(
            folder, player.Folder.Model, player.Folder.Tokenizer, manifest, context.Plan.Weights,
            part => PeftExport.Beside(part, player.Learnt, Origin(context, role, parent, folder)), isSummed: true);
        var sha256 = CheckpointManifest.Read(folder)?.WeightsSha256
            ?? throw new InvalidOperationException($"The checkpoint '{folder}' was saved without its checksum.");
        var checkpoint = new Checkpoint(role, iteration, Path.GetRelativePath(context.Store.Folder, folder), Path.GetFileName(parent),
            sha256, context.Store.Clock.GetUtcNow());
        context.Store.Checkpoints.Save(context.Id, checkpoint, key, StoredJson.Write(result), iteration == 0 ? [] : metrics.Learnt);
        StageSaves.Remove(context, role, iteration);
        context.Publish(new CheckpointEvent(role, iteration, checkpoint.Folder, sha256));
    }

    /// <summary>What the adapters of this iterate sit on, as seen from their folder: the iterate before, or the run's base.</summary>
    private static string Origin(LoopContext context, ModelRole role, string? parent, string folder) => parent is not null
        ? Path.GetRelativePath(Path.Combine(folder, PeftExport.Folder), parent)
        : context.Plan.BaseFolder(role);
}
