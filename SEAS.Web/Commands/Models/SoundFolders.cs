using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Training.Text.Chat;
using SEAS.Training.Text.Tokenizers.Learning;
using SEAS.Web.Live;
using static TorchSharp.torch;

namespace SEAS.Web.Commands;

/// <summary>Model folders of every kind, of a few thousand numbers each and with all the files that they can have.</summary>
internal static class SoundFolders
{
    /// <summary>One of each kind, side by side.</summary>
    public static void Make(string place)
    {
        var model = Path.Combine(place, "model");
        MakeModel(model);
        MakeShards(Path.Combine(place, "shards"), model);
        MakeAdapter(Path.Combine(place, "adapter"), model);
    }

    /// <summary>A folder whose weights lie in one file.</summary>
    public static void MakeModel(string folder)
    {
        var tokenizer = BpeTrainer.Train(["bees find home", "they remember 12"], 300, ["<|bos|>", "<|user|>", "<|assistant|>", "<|end|>"]);
        var config = new LlamaConfig(16, 1, 2, 1, 24, tokenizer.VocabularySize, 256, 1e-5, 10_000, TiedEmbeddings: true);
        using var small = new ModelFolder(LlamaModel.Random(config, 1, CPU), tokenizer, ChatFormat.For(tokenizer));
        ModelExport.ToFolder(small, folder, WeightPrecision.BFloat16, new CheckpointManifest("base", 0, null, null, 0));
        File.Delete(Path.Combine(folder, "manifest.json"));   // its checksum would catch every change of the weights
    }

    /// <summary>The same model with its weights in two files and an index.</summary>
    private static void MakeShards(string folder, string model)
    {
        using var scope = NewDisposeScope();
        Directory.CreateDirectory(folder);
        foreach (var path in Directory.GetFiles(model).Where(path => Path.GetFileName(path) != WeightFiles.Single))
        {
            File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
        }

        using var reader = SafetensorsReader.Open(Path.Combine(model, WeightFiles.Single));
        Dictionary<string, string> index = [];
        foreach (var (shard, entries) in reader.Entries.Chunk((reader.Entries.Count + 1) / 2).Index())
        {
            var name = FormattableString.Invariant($"model-{shard + 1:00000}-of-00002.safetensors");
            SafetensorsWriter.Write(
                Path.Combine(folder, name), [.. entries.Select(entry => (entry.Name, reader.Read(entry)))], WeightPrecision.BFloat16);
            Array.ForEach(entries, entry => index.Add(entry.Name, name));
        }

        var bytes = reader.Entries.Sum(entry => entry.Bytes);
        File.WriteAllText(
            Path.Combine(folder, WeightFiles.Index),
            JsonSerializer.Serialize(new { metadata = new { total_size = bytes }, weight_map = index }));
    }

    /// <summary>An adapter on the first.</summary>
    private static void MakeAdapter(string folder, string model)
    {
        Directory.CreateDirectory(folder);
        using var small = ModelFolder.Load(model, CPU);
        using var adapters = LoraAdapters.Attach(small.Model, new LoraSettings { Rank = 2 }, new RandomStream(1, "fuzz/adapter"));
        using var learnt = adapters.Learnt();
        PeftFolder.Write(folder, learnt, model);
        small.Tokenizer.Save(folder);
    }
}
