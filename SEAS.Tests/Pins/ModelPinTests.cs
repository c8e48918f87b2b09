using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SEAS.Data.Contracts;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.ModelFiles;
using SEAS.Web.Live;
using TorchSharp;

namespace SEAS.Tests.Pins;

/// <summary>What a model's folder and files hold, for a model that an earlier version saved. Weights are copied here and never computed.</summary>
public sealed class ModelPinTests(PinnedFolder folder) : IClassFixture<PinnedFolder>, IDisposable
{
    private readonly TemporaryFolder _work = new();

    private string Saved => Path.Combine(folder.Root, "models", "model");

    [Fact]
    public void Saved_again_every_file_of_it_is_the_same()
    {
        using var model = ModelFolder.Load(Saved, torch.CPU);
        var again = Path.Combine(_work.Path, "again");
        ModelFolder.Save(again, model.Model, model.Tokenizer, CheckpointManifest.Read(Saved)!);

        Assert.Equal(StorePinTests.Files(Saved), StorePinTests.Files(again));
        Assert.All(StorePinTests.Files(Saved), file => Assert.True(
            File.ReadAllBytes(Path.Combine(Saved, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(again, file))), file));
    }

    [Fact]
    public void The_files_that_it_is_exported_as_stay()
    {
        var pinned = new PinnedText();
        using var model = ModelFolder.Load(Saved, torch.CPU);
        foreach (var precision in new[] { WeightPrecision.Float32, WeightPrecision.Float16, WeightPrecision.BFloat16 })
        {
            var place = Path.Combine(_work.Path, $"{precision}");
            ModelExport.ToFolder(model, place, precision, CheckpointManifest.Read(Saved)!);
            ModelExport.ToGguf(model, Path.Combine(place, "model.gguf"), precision, "tiny");
            Add(pinned, $"{precision}", place);
        }

        pinned.AssertIs("models/files.golden.txt");
    }

    [Fact]
    public void The_files_of_an_adapter_stay()
    {
        using var model = ModelFolder.Load(Saved, torch.CPU);
        using var adapters = LoraAdapters.Attach(
            model.Model, new LoraSettings { Rank = 2, Targets = ["q_proj", "down_proj"] }, new RandomStream(1, "adapter"));
        using var learnt = adapters.Learnt();
        PeftFolder.Write(_work.Path, learnt, "base");
        var pinned = new PinnedText()
            .Add("learning", adapters.Parameters.Select(one => $"{one.Name} {string.Join('×', one.Value.shape)}"))
            .Add("files", StorePinTests.Files(_work.Path))
            .Add("adapter_config.json", File.ReadAllText(Path.Combine(_work.Path, "adapter_config.json")))
            .Add("header", Header(Path.Combine(_work.Path, "adapter_model.safetensors")));

        pinned.AssertIs("models/adapter.golden.txt");
    }

    // Logarithms and cosines may differ in their last digit from one processor to another, so the numbers are rounded.
    [Fact]
    public void The_first_weights_of_a_new_model_stay()
    {
        var config = new LlamaConfig(
            HiddenSize: 8, Layers: 1, Heads: 2, KvHeads: 1, IntermediateSize: 12, VocabularySize: 20, MaxPositions: 16, RmsNormEps: 1e-5,
            RopeTheta: 10000, TiedEmbeddings: false);
        using var model = LlamaModel.Random(config, seed: 5, torch.CPU);

        new PinnedText().Add("weights", model.Parameters.Select(one =>
            $"{one.Name} {string.Join('×', one.Value.shape)}: "
            + string.Join(' ', one.Value.data<float>().Take(3).Select(number => number.ToString("F4", CultureInfo.InvariantCulture)))))
            .AssertIs("models/new.golden.txt");
    }

    public void Dispose() => _work.Dispose();

    private static void Add(PinnedText pinned, string name, string place)
    {
        foreach (var file in StorePinTests.Files(place))
        {
            var path = Path.Combine(place, file);
            pinned.Add($"{name} {file}", Path.GetExtension(file) switch
            {
                ".safetensors" => $"{StorePinTests.Sha256(File.ReadAllBytes(path))}\n{Header(path)}",
                ".json" when file != "tokenizer.json" => File.ReadAllText(path),
                _ => StorePinTests.Sha256(File.ReadAllBytes(path)),
            });
        }
    }

    private static string Header(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return Encoding.UTF8.GetString(bytes.AsSpan(8, (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes)));
    }
}
