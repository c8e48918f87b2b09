using System.Text.Json.Nodes;
using SEAS.Data.Contracts;
using SEAS.Tests.Engine.Models;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using TorchSharp;

namespace SEAS.Tests.ModelFiles;

public sealed class PeftFolderTests
{
    private static readonly LoraSettings s_lora = new() { Rank = 3, Alpha = 6, Targets = ["q_proj", "down_proj"] };
    private static readonly int[] s_text = [1, 2, 100, 200, 300, 3];

    [Fact]
    public void An_adapter_comes_back_as_it_was_written()
    {
        using var folder = new TemporaryFolder();
        using var model = ModelFolder.Load(EmbeddedWeights.Base, torch.CPU);
        var expected = Write(model.Model, folder.Path, EmbeddedWeights.Base);

        using var again = ModelFolder.Load(folder.Path, torch.CPU);

        Assert.Equal(expected, SmallModels.LogitsAlone(again.Model, s_text));
    }

    [Fact]
    public void Its_files_have_the_names_that_others_read()
    {
        using var folder = new TemporaryFolder();
        using var model = ModelFolder.Load(EmbeddedWeights.Base, torch.CPU);
        _ = Write(model.Model, folder.Path, EmbeddedWeights.Base);

        using var reader = SafetensorsReader.Open(Path.Combine(folder.Path, "adapter_model.safetensors"));
        var down = reader.Entries.Single(entry => entry.Name == "base_model.model.model.layers.4.mlp.down_proj.lora_A.weight");
        Assert.Equal([3, 512], down.Shape);
        Assert.Equal(2 * 2 * 5, reader.Entries.Count);
        var config = Config(folder);
        Assert.Equal("LORA", (string?)config["peft_type"]);
        Assert.Equal(["q_proj", "down_proj"], config["target_modules"]!.AsArray().Select(target => (string)target!));
        Assert.Equal((3, 6.0), ((int)config["r"]!, (double)config["lora_alpha"]!));
    }

    [Fact]
    public void Two_that_were_learnt_one_on_the_other_are_one_of_their_ranks_together()
    {
        using var scope = torch.NewDisposeScope();
        using var model = LlamaModel.Random(SmallModels.Config, 3, torch.CPU);
        using var first = Learn(model, s_lora, 1);
        using var second = Learn(model, s_lora with { Rank = 2, Alpha = 8, Targets = ["q_proj", "v_proj"] }, 2);
        int[] row = [3, 4, 5];
        var expected = SmallModels.LogitsAlone(model, row)[^1];

        using var both = LoraDelta.Join([first, second]);
        using var again = LlamaModel.Random(SmallModels.Config, 3, torch.CPU);
        both.MergeInto(again);

        Assert.Equal(5, both.Rank);
        Assert.Equal(["q_proj", "v_proj", "down_proj"], both.Targets);
        SmallModels.AssertClose(expected, SmallModels.LogitsAlone(again, row)[^1], 1e-5);
    }

    [Theory]
    [InlineData("use_dora", "true", "use_dora is true")]
    [InlineData("modules_to_save", "[\"lm_head\"]", "modules_to_save is [\"lm_head\"]")]
    [InlineData("bias", "\"lora_only\"", "bias is lora_only")]
    [InlineData("fan_in_fan_out", "true", "fan_in_fan_out is true")]
    [InlineData("rank_pattern", "{\"q_proj\": 4}", "rank_pattern is")]
    [InlineData("alpha_pattern", "{\"q_proj\": 4}", "alpha_pattern is")]
    [InlineData("init_lora_weights", "\"pissa\"", "init_lora_weights is \"pissa\"")]
    [InlineData("layer_replication", "[[0, 2]]", "layer_replication is")]
    [InlineData("trainable_token_indices", "[1]", "trainable_token_indices is [1]")]
    [InlineData("made_up", "3", "made_up is 3")]
    [InlineData("peft_type", "\"IA3\"", "peft_type is \"IA3\"")]
    [InlineData("r", "0", "r is 0")]
    [InlineData("r", "\"many\"", "r should be a whole number")]
    public void What_would_change_the_result_is_refused_by_name(string field, string value, string expected)
    {
        using var folder = new TemporaryFolder();
        using var model = ModelFolder.Load(EmbeddedWeights.Base, torch.CPU);
        _ = Write(model.Model, folder.Path, EmbeddedWeights.Base);
        Change(folder, field, JsonNode.Parse(value));

        var error = Assert.Throws<CheckpointException>(() => ModelFolder.Load(folder.Path, torch.CPU));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rank_stabilized_adapter_is_scaled_by_the_root_of_its_rank()
    {
        using var folder = new TemporaryFolder();
        using var model = ModelFolder.Load(EmbeddedWeights.Base, torch.CPU);
        var expected = Write(model.Model, folder.Path, EmbeddedWeights.Base);
        Change(folder, "use_rslora", true);
        Change(folder, "lora_alpha", 2 * Math.Sqrt(3));   // the same scale said in the other way

        using var again = ModelFolder.Load(folder.Path, torch.CPU);

        SmallModels.AssertClose(expected[^1], SmallModels.LogitsAlone(again.Model, s_text)[^1], 1e-4);
    }

    [Fact]
    public void Every_matrix_that_does_not_fit_is_named_at_once()
    {
        using var folder = new TemporaryFolder();
        using var model = ModelFolder.Load(EmbeddedWeights.Base, torch.CPU);
        _ = Write(model.Model, folder.Path, EmbeddedWeights.Base);
        Change(folder, "r", 4);
        Change(folder, "target_modules", new JsonArray("q_proj", "v_proj"));

        var error = Assert.Throws<CheckpointException>(() => ModelFolder.Load(folder.Path, torch.CPU)).Message;

        Assert.Contains(
            "layers.0.self_attn.q_proj.lora_A.weight should have shape [4, 192] but has [3, 192]", error, StringComparison.Ordinal);
        Assert.Contains("layers.4.self_attn.v_proj.lora_B.weight [64, 4] is missing", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_matrix_on_another_part_is_named()
    {
        using var scope = torch.NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = ModelFolder.Load(EmbeddedWeights.Base, torch.CPU);
        _ = Write(model.Model, folder.Path, EmbeddedWeights.Base);
        var weights = Path.Combine(folder.Path, PeftFolder.Weights);
        File.Delete(weights);
        SafetensorsWriter.Write(weights, [("base_model.model.lm_head.lora_A.weight", torch.ones(3, 192))]);
        Change(folder, "target_modules", "lm_head");

        var error = Assert.Throws<CheckpointException>(() => ModelFolder.Load(folder.Path, torch.CPU)).Message;

        Assert.Contains("also holds the output head or the embedding (base_model.model.lm_head.lora_A.weight)", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_that_is_not_there_is_asked_for_and_can_be_given()
    {
        using var folder = new TemporaryFolder();
        using var model = ModelFolder.Load(EmbeddedWeights.Base, torch.CPU);
        var expected = Write(model.Model, folder.Path, "someone/some-model");

        var error = Assert.Throws<CheckpointException>(() => ModelFolder.Load(folder.Path, torch.CPU));
        using var again = ModelFolder.Load(folder.Path, torch.CPU, origin: EmbeddedWeights.Base);

        Assert.Contains("someone/some-model", error.Message, StringComparison.Ordinal);
        Assert.Contains("--base", error.Message, StringComparison.Ordinal);
        Assert.Equal(expected, SmallModels.LogitsAlone(again.Model, s_text));
    }

    [Fact]
    public void Adapters_that_name_each_other_as_their_base_are_no_endless_way()
    {
        using var folder = new TemporaryFolder();
        using var model = ModelFolder.Load(EmbeddedWeights.Base, torch.CPU);
        var (one, other) = (Path.Combine(folder.Path, "one"), Path.Combine(folder.Path, "other"));
        _ = Write(model.Model, Directory.CreateDirectory(one).FullName, other);
        _ = Write(model.Model, Directory.CreateDirectory(other).FullName, one);

        var error = Assert.Throws<CheckpointException>(() => ModelFolder.Load(one, torch.CPU));

        Assert.Contains("name each other", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Lets adapters learn something, writes them, merges them into the model, and gives its scores then.</summary>
    private static float[][] Write(LlamaModel model, string folder, string origin)
    {
        using var learnt = Learn(model, s_lora, 5);
        PeftFolder.Write(folder, learnt, origin);
        return SmallModels.LogitsAlone(model, s_text);
    }

    private static LoraDelta Learn(LlamaModel model, LoraSettings settings, ulong seed)
    {
        using var adapters = LoraAdapters.Attach(model, settings, (projection, rank) => (
            NormalNumbers.Draw([rank, projection.Weight.shape[1]], 0.1, new RandomStream(seed, projection.Name + "/a")),
            NormalNumbers.Draw([projection.Weight.shape[0], rank], 0.1, new RandomStream(seed, projection.Name + "/b"))));
        var learnt = adapters.Learnt();
        adapters.Merge();
        return learnt;
    }

    private static JsonObject Config(TemporaryFolder folder) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, "adapter_config.json")))!.AsObject();

    private static void Change(TemporaryFolder folder, string field, JsonNode? value)
    {
        var config = Config(folder);
        config[field] = value;
        folder.Write("adapter_config.json", config.ToJsonString());
    }
}
