using SEAS.Training.Engine.Models;
using SEAS.Training.Text.Tokenizers;

namespace SEAS.Training.ModelFiles;

/// <summary>Adapters of a run's checkpoints: each lies beside its weights, and those of a row of checkpoints can be taken away as
/// one.</summary>
public static class PeftExport
{
    /// <summary>The folder within a checkpoint.</summary>
    internal const string Folder = "adapter";

    /// <summary>Whether a checkpoint was made by tuning adapters.</summary>
    public static bool IsBeside(string checkpoint) => Directory.Exists(Path.Combine(checkpoint, Folder));

    /// <summary>All that was learnt since the run's base, as one adapter of PEFT's; the ranks add up.</summary>
    /// <param name="checkpoint">A checkpoint of a run that tuned adapters.</param>
    /// <param name="folder">The folder to make; it is there wholly or not at all.</param>
    /// <exception cref="CheckpointException">A checkpoint on the way to the base was tuned in all its weights, or is missing.</exception>
    public static void ToFolder(string checkpoint, string folder)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        List<LoraDelta> learnt = [];
        try
        {
            string origin;
            using (var model = ModelFolder.Load(checkpoint, TorchSharp.torch.CPU))   // gives names and shapes, the same for all
            {
                var row = Row(checkpoint).ToList();
                learnt.AddRange(row.Select(place => Path.Combine(place, Folder)).Where(Directory.Exists).Reverse()
                    .Select(adapter => PeftFolder.Read(adapter, model.Model)));
                origin = Directory.Exists(Path.Combine(row[^1], Folder)) ? PeftFolder.BaseOf(Path.Combine(row[^1], Folder)) : row[^1];
            }

            using var all = learnt.Count > 0 ? LoraDelta.Join(learnt) : throw new CheckpointException(
                $"{checkpoint} learnt nothing with adapters since its base, so there is no adapter to take away.");
            AtomicFolder.Write(folder, part =>
            {
                PeftFolder.Write(part, all, origin);
                Tokenizer.Load(checkpoint).Save(part);
            });
        }
        finally
        {
            learnt.ForEach(delta => delta.Dispose());
        }
    }

    /// <summary>Writes what adapters learnt into a checkpoint's own folder; nothing where there were none.</summary>
    internal static void Beside(string checkpoint, LoraDelta? learnt, string origin)
    {
        if (learnt is not null)
        {
            var folder = Directory.CreateDirectory(Path.Combine(checkpoint, Folder)).FullName;
            PeftFolder.Write(folder, learnt, origin);
        }
    }

    /// <summary>A checkpoint and those before it, down to the run's first.</summary>
    private static IEnumerable<string> Row(string checkpoint)
    {
        for (var place = checkpoint; ;)
        {
            yield return place;
            CheckpointManifest.RequireFiles(place);
            var manifest = CheckpointManifest.Read(place) ?? throw new CheckpointException(
                $"{place} is no checkpoint of a run: it has no manifest. Name a run, or one of its checkpoints.");
            if (manifest.Parent is not { } parent)
            {
                yield break;
            }

            var adapter = Path.Combine(place, Folder);
            var before = Directory.Exists(adapter)
                ? PeftFolder.BaseOf(adapter) : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(place))!, parent);
            if (!Directory.Exists(adapter) && CheckpointManifest.Read(before)?.WeightsSha256 != manifest.WeightsSha256)
            {
                throw new CheckpointException(
                    $"{place} was tuned in all its weights, so what it learnt is no adapter. Run with --lora to tune adapters, or export "
                    + "the whole model (--format hf).");
            }

            place = before;
        }
    }
}
