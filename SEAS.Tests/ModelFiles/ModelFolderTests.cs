using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Tests.Engine.Models;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Models;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Tokenizers;
using SEAS.Training.Text.Tokenizers.Learning;
using SEAS.Web.Live;
using TorchSharp;

namespace SEAS.Tests.ModelFiles;

public sealed class ModelFolderTests : IDisposable
{
    private static readonly CheckpointManifest s_manifest = new("target", 2, "run-1/T1", "abc", 120);

    private readonly TemporaryFolder _temporary = new();
    private readonly Tokenizer _tokenizer = BpeTrainer.Train(["a b a b ab"], 264, ["<|user|>", "<|assistant|>", "<|end|>"]);
    private readonly LlamaModel _model;

    public ModelFolderTests()
    {
        var config = SmallModels.Config with { VocabularySize = _tokenizer.VocabularySize, TiedEmbeddings = false };
        _model = LlamaModel.Random(config, 3, torch.CPU);
    }

    private string Folder => Path.Combine(_temporary.Path, "T2");

    public void Dispose()
    {
        _model.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public void What_is_saved_is_loaded_number_for_number()
    {
        ModelFolder.Save(Folder, _model, _tokenizer, s_manifest);

        using var loaded = ModelFolder.Load(Folder, torch.CPU);

        Assert.Equal(_model.Config, loaded.Model.Config);
        Assert.Equal(_tokenizer.Encode("ab ba"), loaded.Tokenizer.Encode("ab ba"));
        foreach (var (expected, found) in _model.Parameters.Zip(loaded.Model.Parameters))
        {
            Assert.Equal(expected.Name, found.Name);
            Assert.Equal(expected.Value.data<float>().ToArray(), found.Value.data<float>().ToArray());
        }
    }

    [Fact]
    public void The_manifest_tells_where_the_weights_come_from_and_their_checksum()
    {
        ModelFolder.Save(Folder, _model, _tokenizer, s_manifest);

        var manifest = CheckpointManifest.Read(Folder)!;

        Assert.Equal(s_manifest, manifest with { WeightsSha256 = null });
        Assert.Matches("^[0-9a-f]{64}$", manifest.WeightsSha256);
    }

    [Fact]
    public void The_same_model_is_saved_as_the_same_bytes()
    {
        ModelFolder.Save(Folder, _model, _tokenizer, s_manifest);
        var first = File.ReadAllBytes(Path.Combine(Folder, "model.safetensors"));
        ModelFolder.Save(Folder, _model, _tokenizer, s_manifest);

        Assert.Equal(first, File.ReadAllBytes(Path.Combine(Folder, "model.safetensors")));
        Assert.Equal([Folder], Directory.GetDirectories(_temporary.Path));
    }

    [Fact]
    public void One_changed_byte_of_the_weights_is_noticed()
    {
        ModelFolder.Save(Folder, _model, _tokenizer, s_manifest);
        var path = Path.Combine(Folder, "model.safetensors");
        var bytes = File.ReadAllBytes(path);
        bytes[^5] ^= 1;
        File.WriteAllBytes(path, bytes);

        var error = Assert.Throws<CheckpointException>(() => ModelFolder.Load(Folder, torch.CPU));

        Assert.Contains("SHA-256 should be", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_wrong_name_and_shape_comes_in_one_message()
    {
        ModelFolder.Save(Folder, _model, _tokenizer, s_manifest);
        LlamaConfigFile.Write(
            Path.Combine(Folder, "config.json"), _model.Config with { Layers = 3, IntermediateSize = 48 }, bos: null, eos: null);

        var error = Assert.Throws<CheckpointException>(() => ModelFolder.Load(Folder, torch.CPU));

        Assert.Contains("model.layers.0.mlp.gate_proj.weight should have shape [48, 24] but has [40, 24].", error.Message,
            StringComparison.Ordinal);
        Assert.Contains("model.layers.1.mlp.down_proj.weight should have shape [24, 48] but has [24, 40].", error.Message,
            StringComparison.Ordinal);
        Assert.Contains("model.layers.2.self_attn.q_proj.weight [24, 24] is missing.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_the_model_has_no_place_for_are_named()
    {
        ModelFolder.Save(Folder, _model, _tokenizer, s_manifest);
        LlamaConfigFile.Write(Path.Combine(Folder, "config.json"), _model.Config with { Layers = 1 }, bos: null, eos: null);

        var error = Assert.Throws<CheckpointException>(() => ModelFolder.Load(Folder, torch.CPU));

        Assert.Contains("model.layers.1.input_layernorm.weight is not a part of it.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_may_come_in_several_files_with_an_index()
    {
        ModelFolder.Save(Folder, _model, _tokenizer, s_manifest);
        File.Delete(Path.Combine(Folder, "model.safetensors"));
        Dictionary<string, string> index = [];
        foreach (var half in _model.Parameters.Chunk(10)
            .Select((parameters, i) => (Name: $"model-{i}.safetensors", Parameters: parameters)))
        {
            SafetensorsWriter.Write(Path.Combine(Folder, half.Name), [.. half.Parameters.Select(p => (p.Name, (torch.Tensor)p.Value))]);
            half.Parameters.ToList().ForEach(parameter => index[parameter.Name] = half.Name);
        }

        File.WriteAllText(Path.Combine(Folder, "model.safetensors.index.json"), JsonSerializer.Serialize(new { weight_map = index }));

        using var loaded = ModelFolder.Load(Folder, torch.CPU);

        Assert.Equal(_model.Parameters[^1].Value.data<float>().ToArray(), loaded.Model.Parameters[^1].Value.data<float>().ToArray());
    }

    [Fact]
    public void An_index_may_not_lead_out_of_its_folder()
    {
        ModelFolder.Save(Folder, _model, _tokenizer, s_manifest);
        File.Delete(Path.Combine(Folder, "model.safetensors"));
        File.WriteAllText(Path.Combine(Folder, "model.safetensors.index.json"), """{"weight_map":{"a":"../other.safetensors"}}""");

        Assert.Contains("not a plain file name", Assert.Throws<CheckpointException>(() => ModelFolder.Load(Folder, torch.CPU)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_save_that_fails_leaves_the_former_folder_and_nothing_else()
    {
        ModelFolder.Save(Folder, _model, _tokenizer, s_manifest);

        Assert.Throws<CheckpointException>(() => AtomicFolder.Write(Folder, part =>
        {
            File.WriteAllText(Path.Combine(part, "config.json"), "half");
            throw new IOException("No space left on device.");
        }));

        using var loaded = ModelFolder.Load(Folder, torch.CPU);
        Assert.Equal([Folder], Directory.GetDirectories(_temporary.Path));
    }

    [Fact]
    public void A_tokenizer_with_more_tokens_than_the_model_is_refused()
    {
        using var small = LlamaModel.Random(SmallModels.Config, 3, torch.CPU);
        ModelFolder.Save(Folder, small, _tokenizer, s_manifest);

        Assert.Contains($"knows {_tokenizer.VocabularySize} tokens",
            Assert.Throws<CheckpointException>(() => ModelFolder.Load(Folder, torch.CPU)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_named() =>
        Assert.Contains(Folder, Assert.Throws<CheckpointException>(() => ModelFolder.Load(Folder, torch.CPU)).Message,
            StringComparison.Ordinal);
}
