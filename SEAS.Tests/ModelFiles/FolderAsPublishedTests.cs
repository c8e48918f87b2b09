using System.Text.Json;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Templates;
using TorchSharp;

namespace SEAS.Tests.ModelFiles;

/// <summary>Folders as their makers and trainers leave them, in and out again.</summary>
public sealed class FolderAsPublishedTests
{
    [Theory]
    [InlineData("""{"model_type": "mistral", "sliding_window": null}""", "null")]
    [InlineData("""{"model_type": "mistral", "sliding_window": 12}""", "12")]
    [InlineData("""{"model_type": "mistral"}""", "4096")]
    [InlineData("""{"model_type": "qwen2", "sliding_window": 12}""", "null")]
    [InlineData("""{"model_type": "qwen2", "use_sliding_window": true, "sliding_window": 12, "max_window_layers": 1}""", "12")]
    [InlineData("{}", "absent")]
    public void A_window_is_exported_as_a_reader_takes_it(string config, string expected)
    {
        using var folder = new TinyFolder(config: config);
        using var place = new TemporaryFolder();

        var exported = folder.Export(place);

        Assert.Equal(expected, TinyFolder.Field(exported, "config.json", "sliding_window"));
        using var before = folder.Load();
        using var after = ModelFolder.Load(exported, torch.CPU);
        Assert.Equal(before.Model.Config, after.Model.Config);
    }

    [Theory]
    [InlineData("[257, 256]", null, null, "257,256", "[257,256]")]
    [InlineData("256", "[257]", null, "256,257", "[256,257]")]
    [InlineData("null", "257", null, "257", "257")]
    [InlineData("256", null, "<|im_end|>", "257,256", "[257,256]")]
    [InlineData("-1", null, null, "", "null")]
    public void Every_token_that_a_file_calls_an_end_ends_an_answer_and_stays(
        string config, string? generation, string? named, string expected, string written)
    {
        using var folder = new TinyFolder(
            template: null, config: $$"""{"eos_token_id": {{config}}}""",
            tokenizerConfig: JsonSerializer.Serialize(named is null ? [] : new Dictionary<string, string> { ["eos_token"] = named }));
        if (generation is not null)
        {
            folder.Write("generation_config.json", $$"""{"eos_token_id": {{generation}}}""");
        }

        using var place = new TemporaryFolder();
        using var model = folder.Load();
        var ends = expected.Length == 0 ? [] : expected.Split(',').Select(int.Parse).ToHashSet();
        Assert.Equal(ends, model.Tokenizer.EndIds.ToHashSet());
        Assert.Equal(ends, model.Chat.StopIds);

        var exported = folder.Export(place);

        using var again = ModelFolder.Load(exported, torch.CPU);
        Assert.Equal(ends, again.Chat.StopIds);
        var ids = JsonSerializer.Deserialize<int[]>(TinyFolder.Field(exported, "generation_config.json", "eos_token_id"))!;
        Assert.Equal(ends.Order(), ids.Order());
        Assert.Equal(written.Length, TinyFolder.Field(exported, "config.json", "eos_token_id").Length);

        // A checkpoint of a run has no generation_config.json.
        var checkpoint = Path.Combine(place.Path, "checkpoint");
        ModelFolder.Save(checkpoint, model.Model, model.Tokenizer, new CheckpointManifest("target", 1, null, null, 0));
        using var restored = ModelFolder.Load(checkpoint, torch.CPU);
        Assert.Equal(ends, restored.Chat.StopIds);
    }

    [Fact]
    public void An_adapters_answers_end_where_its_bases_do()
    {
        using var folder = new TinyFolder(template: null, config: """{"eos_token_id": [256, 257]}""");
        using var place = new TemporaryFolder();
        var adapter = Adapter(folder, place, withTokenizer: true);

        using var model = ModelFolder.Load(adapter, torch.CPU);

        Assert.Equal([256, 257], model.Chat.StopIds.Order());
    }

    [Fact]
    public void Files_that_disagree_are_told_with_what_counts()
    {
        using var folder = new TinyFolder(config: """{"eos_token_id": 256, "some_note": "x"}""", tokenizerConfig: """{"eos_token": "<|im_end|>"}""");
        folder.Write("special_tokens_map.json", """{"eos_token": "<|im_start|>"}""");
        folder.Write("generation_config.json", """{"eos_token_id": [257], "temperature": 0.6}""");

        var notes = string.Join("\n", ModelInspection.Of(folder.Path).Notes);

        Assert.Contains("config.json says 256; generation_config.json says 257; the tokenizer says 257. All of them end one (257, 256)", notes,
            StringComparison.Ordinal);
        Assert.Contains("special_tokens_map.json calls eos_token '<|im_start|>', and tokenizer_config.json '<|im_end|>'", notes,
            StringComparison.Ordinal);
        Assert.Contains("config.json has a field that this program does not know: some_note", notes, StringComparison.Ordinal);
        Assert.Contains("generation_config.json recommends temperature", notes, StringComparison.Ordinal);
    }

    [Fact]
    public void A_padding_token_beyond_the_rows_does_no_harm()
    {
        using var folder = new TinyFolder(special: ["<|im_start|>", "<|im_end|>", "[PAD]"], rows: 258, tokenizerConfig: """{"pad_token": "[PAD]"}""");

        using var model = folder.Load();
        var ids = model.Chat.Prompt(new ChatMessage("user", "[PAD] and a [PAD]"));

        Assert.True(ids.Max() < 258);
        Assert.Contains(ModelInspection.Of(folder.Path).Notes, note => note.Contains("'[PAD]' (258) beyond the model's 258 rows", StringComparison.Ordinal));
        Assert.Empty(ModelInspection.Of(folder.Path).Problems);
    }

    [Fact]
    public void A_mark_beyond_the_rows_is_named_with_the_way_out()
    {
        using var folder = new TinyFolder(rows: 257);

        var error = Assert.Throws<CheckpointException>(folder.Load).Message;

        Assert.Contains("'<|im_end|>' (257), which texts or the chat template can form. Resize the model's embedding", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Either_name_of_a_tied_matrix_will_do()
    {
        using var one = new TinyFolder();
        using var other = new TinyFolder(tiedHeadAlone: true);

        using var expected = one.Load();
        using var found = other.Load();

        Assert.Equal(
            expected.Model.Parameters[0].Value.data<float>().ToArray(), found.Model.Parameters[0].Value.data<float>().ToArray());
        Assert.Empty(ModelInspection.Of(other.Path).Problems);
    }

    [Fact]
    public void What_a_gguf_file_cannot_say_is_refused_by_name()
    {
        Refused("""{"rope_scaling": {"type": "dynamic", "factor": 2.0}}""", "scaled by how long a text is (dynamic)");
        Refused("""{"model_type": "mistral", "sliding_window": 12}""", "that a token sees 12 tokens of a context of 128");
        Refused("""{"model_type": "smollm3", "no_rope_layers": [0, 1]}""", "which blocks do not turn by positions");
        Refused("""{"rope_scaling": {"type": "yarn", "factor": 4.0, "beta_fast": 20}}""", "YaRN's scaling with numbers of its own");

        static void Refused(string config, string expected)
        {
            using var folder = new TinyFolder(config: config);
            using var model = folder.Load();
            Assert.Contains(
                expected,
                Assert.Throws<CheckpointException>(() => ModelExport.ToGguf(model, Stream.Null, WeightPrecision.Float32, "x")).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_with_an_adapters_weights_is_an_adapter_whatever_lies_beside_them()
    {
        using var folder = new TinyFolder();
        using var place = new TemporaryFolder();
        var adapter = Adapter(folder, place, withTokenizer: false);
        File.Copy(Path.Combine(folder.Path, "config.json"), Path.Combine(adapter, "config.json"));

        using var model = ModelFolder.Load(adapter, torch.CPU);
        var found = ModelInspection.Of(adapter);

        Assert.Empty(found.Problems);
        Assert.Contains($"a LoRA adapter of rank 2, scale 2, 28 tensors", found.Adapter, StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_with_a_hubs_name_can_be_told()
    {
        using var folder = new TinyFolder();
        using var place = new TemporaryFolder();
        var adapter = Adapter(folder, place, withTokenizer: false, origin: "some-org/some-model");

        Assert.Contains("(--base DIR)", Assert.Single(ModelInspection.Of(adapter).Problems), StringComparison.Ordinal);
        Assert.Empty(ModelInspection.Of(adapter, folder.Path).Problems);
        ModelFolder.Load(adapter, torch.CPU, chat: null, folder.Path).Dispose();
    }

    [Theory]
    [InlineData("base_model.model.lm_head.base_layer.weight", 4, "also holds the output head or the embedding")]
    [InlineData("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight", 0, "is empty: 1 of its 1 tensors hold no numbers")]
    public void What_a_trainer_saved_wrongly_is_said_in_a_sentence(string name, long size, string expected)
    {
        using var folder = new TinyFolder();
        using var place = new TemporaryFolder();
        var adapter = Adapter(folder, place, withTokenizer: false);
        var weights = Path.Combine(adapter, PeftFolder.Weights);
        File.Delete(weights);
        SafetensorsWriter.Write(weights, [(name, torch.ones(size))]);

        Assert.Contains(expected, Assert.Throws<CheckpointException>(() => ModelFolder.Load(adapter, torch.CPU)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_can_hold_programs_are_named()
    {
        using var folder = new TinyFolder();
        File.Move(Path.Combine(folder.Path, "model.safetensors"), Path.Combine(folder.Path, "pytorch_model.bin"));

        Assert.Contains("are in pytorch_model.bin", Assert.Throws<CheckpointException>(folder.Load).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qwen3", """{"model_type": "qwen3", "head_dim": 12, "num_key_value_heads": 1}""")]
    [InlineData("smollm3", """{"model_type": "smollm3", "no_rope_layers": [1, 0]}""")]
    public void New_families_take_adapters_and_go_out_and_in(string type, string config)
    {
        using var folder = new TinyFolder(config: config);
        using var place = new TemporaryFolder();
        var adapter = Adapter(folder, place, withTokenizer: false);
        using (var adapted = ModelFolder.Load(adapter, torch.CPU))
        {
            Assert.Equal(type, adapted.Model.Config.Family.ToString().ToLowerInvariant());
        }

        var exported = folder.Export(place);

        using var before = folder.Load();
        using var after = ModelFolder.Load(exported, torch.CPU);
        Assert.Equal(type, JsonSerializer.Deserialize<string>(TinyFolder.Field(exported, "config.json", "model_type")));
        Assert.Equal(before.Model.Config, after.Model.Config);
    }

    private static string Adapter(TinyFolder folder, TemporaryFolder place, bool withTokenizer, string? origin = null)
    {
        var adapter = Directory.CreateDirectory(Path.Combine(place.Path, "adapter")).FullName;
        using var model = folder.Load();
        using var adapters = LoraAdapters.Attach(model.Model, new LoraSettings { Rank = 2, Alpha = 4 }, new RandomStream(1, "tests/adapter"));
        using var learnt = adapters.Learnt();
        PeftFolder.Write(adapter, learnt, origin ?? folder.Path);
        if (withTokenizer)
        {
            model.Tokenizer.Save(adapter);
        }

        return adapter;
    }
}
