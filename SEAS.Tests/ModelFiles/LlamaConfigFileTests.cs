using System.Text.Json.Nodes;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Models;
using SEAS.Training.ModelFiles;
using SEAS.Web.Live;

namespace SEAS.Tests.ModelFiles;

public sealed class LlamaConfigFileTests
{
    private const string Minimal =
        """
        {"model_type":"llama","hidden_size":64,"num_hidden_layers":5,"num_attention_heads":8,"intermediate_size":172,"vocab_size":512}
        """;

    [Fact]
    public void Missing_fields_get_hugging_faces_defaults() =>
        Assert.Equal(new LlamaConfig(64, 5, 8, 8, 172, 512, 2048, 1e-6, 10_000, TiedEmbeddings: false), Read(Minimal));

    [Fact]
    public void What_is_written_is_read_back()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "config.json");
        var config = new LlamaConfig(64, 5, 8, 2, 172, 512, 300, 1e-5, 500_000, TiedEmbeddings: true);

        LlamaConfigFile.Write(path, config, bos: 1, eos: null);

        Assert.Equal(config, LlamaConfigFile.Read(path));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Families_are_read_and_written_back(string fields, LlamaConfig expected)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "config.json");
        var json = JsonNode.Parse(Minimal)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(fields)!.AsObject())
        {
            json[name] = value?.DeepClone();
        }

        var config = Read(json.ToJsonString());
        LlamaConfigFile.Write(path, config, bos: 1, eos: 2);

        Assert.Equal(expected, config);
        Assert.Equal(expected, LlamaConfigFile.Read(path));
    }

    public static TheoryData<string, LlamaConfig> Families()
    {
        var plain = new LlamaConfig(64, 5, 8, 8, 172, 512, 2048, 1e-6, 10_000, TiedEmbeddings: false);
        return new TheoryData<string, LlamaConfig>
        {
            { """{"attention_bias": true}""", plain with { InputBias = true, OutputBias = true } },
            { """{"head_dim": 16}""", plain with { HeadWidth = 16 } },
            {
                """
                {"rope_scaling": {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192,
                 "rope_type": "llama3"}, "max_position_embeddings": 131072, "rope_theta": 500000.0}
                """,
                plain with { Scaling = new RotaryScaling(RotaryScalingKind.Llama3, 8), MaxPositions = 131_072, RopeTheta = 500_000 }
            },
            { """{"rope_scaling": {"type": "linear", "factor": 2}}""", plain with { Scaling = new(RotaryScalingKind.Linear, 2) } },
            { """{"rope_scaling": {"type": "dynamic", "factor": 2}}""", plain with { Scaling = new(RotaryScalingKind.Dynamic, 2) } },
            {
                """{"model_type": "mistral", "sliding_window": 4096, "max_position_embeddings": 32768, "num_key_value_heads": 2}""",
                plain with { Family = ModelFamily.Mistral, KvHeads = 2, MaxPositions = 32_768, Window = 4096 }
            },
            {
                """{"model_type": "mistral", "sliding_window": null, "num_key_value_heads": 2}""",
                plain with { Family = ModelFamily.Mistral, KvHeads = 2, MaxPositions = 131_072 }
            },
            {
                """{"model_type": "mistral"}""",
                plain with { Family = ModelFamily.Mistral, MaxPositions = 131_072, Window = 4096 }
            },
            {
                """{"model_type": "mistral", "num_key_value_heads": null, "head_dim": null}""",
                plain with { Family = ModelFamily.Mistral, MaxPositions = 131_072, Window = 4096 }
            },
            {
                """
                {"model_type": "qwen2", "num_key_value_heads": 2, "use_sliding_window": true, "sliding_window": 64, "max_window_layers": 3,
                 "rope_scaling": {"type": "yarn", "factor": 4.0, "original_max_position_embeddings": 8192}}
                """,
                plain with
                {
                    Family = ModelFamily.Qwen2, KvHeads = 2, InputBias = true, MaxPositions = 32_768, Window = 64,
                    WindowLayers = new LayerSet([3, 4]), Scaling = new(RotaryScalingKind.Yarn, 4) { OriginalPositions = 8192 },
                }
            },
            {
                """{"model_type": "qwen3", "num_key_value_heads": 2, "sliding_window": 4096, "max_window_layers": 5}""",
                plain with
                {
                    Family = ModelFamily.Qwen3, KvHeads = 2, NormedHeads = true, HeadWidth = 128, MaxPositions = 32_768,
                }
            },
            {
                """{"model_type": "smollm3", "no_rope_layers": [1, 1, 0, 1, 1], "attention_bias": true}""",
                plain with
                {
                    Family = ModelFamily.SmolLM3, KvHeads = 4, InputBias = true, OutputBias = true, MaxPositions = 32_768, TiedEmbeddings = true,
                    RopeTheta = 2_000_000, UnturnedLayers = new LayerSet([2]),
                }
            },
            {
                """{"model_type": "smollm3", "tie_word_embeddings": false, "use_sliding_window": true, "sliding_window": 32}""",
                plain with
                {
                    Family = ModelFamily.SmolLM3, KvHeads = 4, MaxPositions = 32_768, RopeTheta = 2_000_000,
                    UnturnedLayers = new LayerSet([3]), Window = 32, WindowLayers = new LayerSet([3]),
                }
            },
            {
                """
                {"model_type": "qwen2", "use_sliding_window": false, "sliding_window": 1024, "tie_word_embeddings": true,
                 "max_position_embeddings": 32768, "max_window_layers": 21, "num_key_value_heads": 8}
                """,
                plain with { Family = ModelFamily.Qwen2, InputBias = true, TiedEmbeddings = true, MaxPositions = 32_768 }
            },
        };
    }

    [Theory]
    [InlineData("rope_scaling", """{"rope_type":"llama3","factor":8.0}""", "rope_scaling: original_max_position_embeddings is missing")]
    [InlineData("rope_scaling", """{"rope_type":"llama3","factor":8.0,"original_max_position_embeddings":8}""", "0 < low_freq_factor")]
    [InlineData("rope_scaling", """{"type":"linear","factor":0.5}""", "factor must be 1 or more")]
    [InlineData("rope_scaling", """{"type":"linear","factor":"2"}""", "rope_scaling: factor should be a number")]
    [InlineData("rope_scaling", "7", "rope_scaling asks for 7")]
    [InlineData("rope_parameters", """{"rope_type":"longrope","rope_theta":10000.0}""", "rope_parameters asks for longrope")]
    [InlineData("rope_scaling", """{"type":"linear","factor":2.0,"short_factor":[1.0]}""", "rope_scaling: short_factor is [1.0]")]
    [InlineData("rope_parameters", """{"rope_type":"default","rope_theta":1e4,"partial_rotary_factor":0.5}""", "partial_rotary_factor is 0.5")]
    [InlineData("rope_scaling", """{"type":"yarn","factor":4.0,"beta_fast":1,"beta_slow":32}""", "0 < beta_slow < beta_fast")]
    [InlineData("rms_norm_eps", "null", "rms_norm_eps should be a number but is null")]
    [InlineData("hidden_size", "null", "hidden_size should be a whole number but is null")]
    [InlineData("attn_logit_softcapping", "50.0", "attn_logit_softcapping is 50.0, which this program does not know")]
    [InlineData("num_local_experts", "8", "num_local_experts is 8, which this program does not know")]
    [InlineData("rope_interleaved", "true", "rope_interleaved is true")]
    [InlineData("hidden_act", "\"gelu\"", "hidden_act is gelu; only silu")]
    [InlineData("model_type", "\"gemma\"", "model_type is gemma; llama, mistral, qwen2, qwen3 and smollm3")]
    [InlineData("mlp_bias", "true", "mlp_bias is true")]
    [InlineData("sliding_window", "4096", "sliding_window is 4096")]
    [InlineData("quantization_config", """{"bits":4}""", "quantization_config is")]
    [InlineData("head_dim", "7", "The head width is 7")]
    [InlineData("head_dim", "-8", "HeadWidth must be greater than 0")]
    [InlineData("partial_rotary_factor", "0.5", "partial_rotary_factor is 0.5")]
    [InlineData("hidden_size", "\"big\"", "hidden_size should be a whole number but is \"big\"")]
    [InlineData("hidden_size", "0", "HiddenSize must be greater than 0")]
    [InlineData("num_key_value_heads", "3", "Heads 8 is not a multiple of KvHeads 3")]
    [InlineData("tie_word_embeddings", "1", "tie_word_embeddings should be true or false")]
    public void A_field_that_would_change_results_is_refused_by_name(string name, string value, string expected) =>
        Assert.Contains(expected, Assert.Throws<CheckpointException>(() => Read(With(name, value))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("rope_scaling", "null")]
    [InlineData("rope_scaling", """{"rope_type":"default"}""")]
    [InlineData("rope_parameters", """{"rope_type":"default","rope_theta":10000.0}""")]
    [InlineData("head_dim", "8")]
    [InlineData("attention_bias", "false")]
    [InlineData("pretraining_tp", "1")]
    public void A_field_that_says_what_is_done_anyway_is_accepted(string name, string value) =>
        Assert.Equal(10_000, Read(With(name, value)).RopeTheta);

    [Fact]
    public void The_newer_place_of_the_rotary_base_is_read() =>
        Assert.Equal(500_000, Read(With("rope_parameters", """{"rope_type":"default","rope_theta":500000.0}""")).RopeTheta);

    [Fact]
    public void All_problems_come_in_one_message()
    {
        var error = Assert.Throws<CheckpointException>(() => Read("""{"hidden_act":"relu","rope_scaling":{"type":"longrope"}}"""));

        foreach (var part in (string[])["hidden_act is relu", "rope_scaling asks for longrope", "hidden_size is missing",
            "vocab_size is missing"])
        {
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("")]
    public void What_is_not_a_json_object_is_refused_with_its_path(string text) =>
        Assert.Contains("config.json", Assert.Throws<CheckpointException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static string With(string name, string value)
    {
        var json = JsonNode.Parse(Minimal)!.AsObject();
        json[name] = JsonNode.Parse(value);
        return json.ToJsonString();
    }

    private static LlamaConfig Read(string text)
    {
        using var folder = new TemporaryFolder();
        return LlamaConfigFile.Read(folder.Write("config.json", text));
    }
}
