using SEAS.Training.Engine.Models;

namespace SEAS.Training.ModelFiles;

/// <summary>A LoRA adapter as PEFT keeps it: <c>adapter_config.json</c> and <c>adapter_model.safetensors</c>.</summary>
internal static class PeftFolder
{
    public const string Weights = "adapter_model.safetensors";

    private const string Prefix = "base_model.model.";

    private const string Pickled = "adapter_model.bin";

    /// <summary>Whether a folder holds an adapter and no model of its own: some trainers put the base's config.json beside the adapter, so
    /// the weights say what it is.</summary>
    public static bool IsOne(string folder) =>
        File.Exists(Path.Combine(folder, PeftConfig.FileName)) && !WeightFiles.AreIn(folder);

    /// <summary>Where an adapter's base lies: a model folder, or another adapter on top of one.</summary>
    /// <param name="folder">The adapter's folder.</param>
    /// <param name="asked">Where somebody says that it lies; null leaves it to the adapter.</param>
    /// <exception cref="CheckpointException">It is nowhere.</exception>
    public static string BaseOf(string folder, string? asked = null)
    {
        var named = asked ?? PeftConfig.Read(folder).Base;
        string[] places = string.IsNullOrEmpty(named) || named.Contains('\0', StringComparison.Ordinal)
            ? [] : [Path.Combine(folder, named), Path.GetFullPath(named)];
        return Array.Find(places, place => ModelFolder.IsOne(place) && !IsSame(place, folder)) is { } found
            ? Path.GetFullPath(found)
            : throw new CheckpointException(
                $"The base of the adapter {folder} is not there: expected a model folder, found "
                + $"{(places.Length == 0 ? "no name of a folder" : $"\"{named}\"")}. Say where it lies (--base DIR), or write "
                + $"its path into {PeftConfig.FileName} as base_model_name_or_path.");
    }

    /// <summary>Reads an adapter for a model; its tensors belong to the result.</summary>
    /// <exception cref="CheckpointException">Names or shapes are not those of this model; all of them in one message.</exception>
    public static LoraDelta Read(string folder, LlamaModel model)
    {
        var config = PeftConfig.Read(folder);
        RequireFile(folder);
        using var reader = SafetensorsReader.Open(Path.Combine(folder, Weights));
        RefuseByKind(folder, reader.Entries);
        var entries = reader.Entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        List<string> problems = [];
        List<(string Projection, TensorEntry A, TensorEntry B)> pairs = [];
        foreach (var projection in model.Projections)
        {
            var (a, b) = (entries.GetValueOrDefault(Name(projection.Name, "A")), entries.GetValueOrDefault(Name(projection.Name, "B")));
            if (a is null && b is null && config.Targets?.Contains(projection.Target) != true)
            {
                continue;
            }

            var shape = projection.Weight.shape;
            problems.AddRange(Mismatch(a, Name(projection.Name, "A"), [config.Rank, shape[1]]));
            problems.AddRange(Mismatch(b, Name(projection.Name, "B"), [shape[0], config.Rank]));
            if (a is not null && b is not null)
            {
                pairs.Add((projection.Name, a, b));
                _ = entries.Remove(a.Name) && entries.Remove(b.Name);
            }
        }

        problems.AddRange(entries.Keys.Where(name => !problems.Any(problem => problem.StartsWith(name, StringComparison.Ordinal)))
            .Select(name => $"{name} belongs to no projection of a block."));
        if (problems.Count > 0)
        {
            throw new CheckpointException(
                $"The adapter {folder} does not fit its base:\n  • " + string.Join("\n  • ", problems)
                + "\nTake the base that it was trained on; adapters on other parts are not supported.");
        }

        return new LoraDelta(config.Scale, [.. pairs.Select(pair => (pair.Projection, reader.Read(pair.A), reader.Read(pair.B)))]);
    }

    /// <summary>Everything that keeps an adapter from being taken, without its base.</summary>
    /// <exception cref="CheckpointException">A file is missing or damaged, or holds what no base can take.</exception>
    public static (PeftConfig Config, int Tensors, long Bytes) Look(string folder)
    {
        var config = PeftConfig.Read(folder);
        RequireFile(folder);
        using var reader = SafetensorsReader.Open(Path.Combine(folder, Weights));
        RefuseByKind(folder, reader.Entries);
        return (config, reader.Entries.Count, reader.Entries.Sum(entry => entry.Bytes));
    }

    private static void RequireFile(string folder)
    {
        if (!File.Exists(Path.Combine(folder, Weights)) && File.Exists(Path.Combine(folder, Pickled)))
        {
            throw new CheckpointException(
                $"The adapter {folder} has its weights in {Pickled}, which can hold programs. Expected: {Weights}. Save it again with PEFT's "
                + "save_pretrained (safetensors is its default).");
        }
    }

    // What a list of names and shapes would hide.
    private static void RefuseByKind(string folder, IReadOnlyList<TensorEntry> entries)
    {
        if (entries.Count(entry => entry.Bytes == 0) is var empty and > 0)
        {
            throw new CheckpointException(
                $"The adapter {folder} is empty: {empty} of its {entries.Count} tensors hold no numbers (shape [0]). It was saved under "
                + "DeepSpeed ZeRO-3 without gathering the weights. Save it again from the trainer's checkpoint "
                + "(zero_to_fp32.py, or stage3_gather_16bit_weights_on_model_save).");
        }

        var heads = entries.Select(entry => entry.Name).Where(IsOnHead).ToList();
        if (heads.Count > 0)
        {
            throw new CheckpointException(
                $"The adapter {folder} also holds the output head or the embedding ({string.Join(", ", heads)}): PEFT saves them where lm_head or "
                + "embed_tokens is a target or was resized. Adapters on these are not supported. Train it without them, or merge it with the "
                + "library that made it and take the merged model.");
        }
    }

    private static bool IsOnHead(string name) =>
        name.StartsWith($"{Prefix}lm_head.", StringComparison.Ordinal) || name.StartsWith($"{Prefix}model.embed_tokens.", StringComparison.Ordinal);

    /// <summary>Writes an adapter's two files into a folder that is there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="delta">The matrices.</param>
    /// <param name="origin">Where the base lies.</param>
    public static void Write(string folder, LoraDelta delta, string origin)
    {
        new PeftConfig(origin, delta.Rank, delta.Scale, delta.Targets).Write(folder);
        SafetensorsWriter.Write(
            Path.Combine(folder, Weights),
            [.. delta.Pairs.SelectMany(pair => new[] { (Name(pair.Projection, "A"), pair.A), (Name(pair.Projection, "B"), pair.B) })]);
    }

    private static bool IsSame(string folder, string other) => Path.GetFullPath(folder) == Path.GetFullPath(other);

    private static string Name(string projection, string matrix) => $"{Prefix}{projection}.lora_{matrix}.weight";

    private static IEnumerable<string> Mismatch(TensorEntry? found, string name, long[] expected)
    {
        if (found is null)
        {
            yield return $"{name} [{string.Join(", ", expected)}] is missing.";
        }
        else if (!expected.AsSpan().SequenceEqual(found.Shape))
        {
            yield return $"{name} should have shape [{string.Join(", ", expected)}] but has [{string.Join(", ", found.Shape)}].";
        }
    }
}
