using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Training.ModelFiles;

/// <summary>A Llama-shaped decoder in the names and the layout that llama.cpp reads.</summary>
internal static class GgufModel
{
    private const string Frequencies = "rope_freqs.weight";

    private static readonly Dictionary<string, string> s_parts = new(StringComparer.Ordinal)
    {
        ["input_layernorm"] = "attn_norm", ["post_attention_layernorm"] = "ffn_norm",
        ["self_attn.q_proj"] = "attn_q", ["self_attn.k_proj"] = "attn_k", ["self_attn.v_proj"] = "attn_v",
        ["self_attn.o_proj"] = "attn_output", ["self_attn.q_norm"] = "attn_q_norm", ["self_attn.k_norm"] = "attn_k_norm",
        ["mlp.gate_proj"] = "ffn_gate", ["mlp.up_proj"] = "ffn_up", ["mlp.down_proj"] = "ffn_down",
    };

    /// <summary>Writes sizes, rotary positions and the kind of numbers.</summary>
    /// <exception cref="CheckpointException">The format has no word for a part of this model.</exception>
    public static void Describe(GgufMetadata metadata, LlamaConfig config, string name, WeightPrecision precision)
    {
        var family = Architecture(config);
        RefuseUnsaid(config, family);
        metadata.Add("general.architecture", family);
        metadata.Add("general.type", "model");
        metadata.Add("general.name", name);
        metadata.Add("general.alignment", GgufFile.Alignment);
        metadata.Add("general.file_type", FileType(precision));
        if (precision == WeightPrecision.Quantized8)
        {
            metadata.Add("general.quantization_version", 2u);
        }

        metadata.Add($"{family}.vocab_size", (uint)config.VocabularySize);
        metadata.Add($"{family}.context_length", (uint)config.MaxPositions);
        metadata.Add($"{family}.embedding_length", (uint)config.HiddenSize);
        metadata.Add($"{family}.block_count", (uint)config.Layers);
        metadata.Add($"{family}.feed_forward_length", (uint)config.IntermediateSize);
        metadata.Add($"{family}.attention.head_count", (uint)config.Heads);
        metadata.Add($"{family}.attention.head_count_kv", (uint)config.KvHeads);
        metadata.Add($"{family}.attention.key_length", (uint)config.HeadSize);
        metadata.Add($"{family}.attention.value_length", (uint)config.HeadSize);
        metadata.Add($"{family}.attention.layer_norm_rms_epsilon", (float)config.RmsNormEps);
        metadata.Add($"{family}.rope.dimension_count", (uint)config.HeadSize);
        metadata.Add($"{family}.rope.freq_base", (float)config.RopeTheta);
        if (config.Scaling is { Kind: RotaryScalingKind.Linear } linear)
        {
            metadata.Add($"{family}.rope.scaling.type", "linear");
            metadata.Add($"{family}.rope.scaling.factor", (float)linear.Factor);
        }
        else if (config.Scaling is { Kind: RotaryScalingKind.Yarn } yarn)
        {
            metadata.Add($"{family}.rope.scaling.type", "yarn");
            metadata.Add($"{family}.rope.scaling.factor", (float)yarn.Factor);
            metadata.Add($"{family}.rope.scaling.original_context_length", (uint)yarn.OriginalPositions);
        }
    }

    /// <summary>Refuses what the format has no word for, or what its readers would take for another thing.</summary>
    private static void RefuseUnsaid(LlamaConfig config, string family)
    {
        var scaling = config.Scaling;
        string?[] unsaid =
        [
            scaling?.Kind == RotaryScalingKind.Llama3 && family != "llama" ? "that rotary positions are scaled as Llama 3's" : null,
            scaling?.Kind == RotaryScalingKind.Dynamic ? "that rotary positions are scaled by how long a text is (dynamic)" : null,
            scaling is { Kind: RotaryScalingKind.Yarn } yarn && !IsUsual(yarn)
                ? "YaRN's scaling with numbers of its own (beta_fast, beta_slow, attention_factor, truncate)" : null,
            config.Window is { } window && window < config.MaxPositions
                ? $"that a token sees {window} tokens of a context of {config.MaxPositions} (sliding_window)" : null,
            family == "smollm3" && !Enumerable.Range(0, config.Layers).All(layer => config.TurnsAt(layer) == ((layer + 1) % 4 != 0))
                ? "which blocks do not turn by positions, if it is not each fourth (no_rope_layers)" : null,
            config.OutputBias && (family is "qwen3" or "smollm3") ? "that attention's projections add a bias" : null,
        ];
        if (unsaid.OfType<string>().ToList() is { Count: > 0 } all)
        {
            throw new CheckpointException(
                $"A GGUF file of the architecture {family} cannot say {string.Join(", nor ", all)}. "
                + "Export the model as a Hugging Face folder (--format hf).");
        }
    }

    private static bool IsUsual(RotaryScaling yarn)
    {
        var usual = new RotaryScaling(RotaryScalingKind.Yarn, yarn.Factor) { OriginalPositions = yarn.OriginalPositions };
        return Math.Abs(yarn.Magnitude - usual.Magnitude) < 1e-6 && yarn with { AttentionFactor = null } == usual;
    }

    /// <summary>All tensors of a model. They belong to the caller's scope.</summary>
    public static IReadOnlyList<GgufTensor> Tensors(LlamaModel model, WeightPrecision precision)
    {
        var config = model.Config;
        List<GgufTensor> tensors = [.. model.Parameters.Select(parameter => Named(parameter.Name, parameter.Value, config, precision))];
        if (config.Scaling is { Kind: RotaryScalingKind.Llama3 } scaling)
        {
            var factors = Factors(config, scaling);
            tensors.Add(new GgufTensor(Frequencies, factors.shape, GgufType.Float32, factors));
        }

        return tensors;
    }

    /// <summary>Mistral is a Llama there; the others have names of their own.</summary>
    private static string Architecture(LlamaConfig config) => config.Family switch
    {
        ModelFamily.Qwen2 => "qwen2",
        ModelFamily.Qwen3 => "qwen3",
        ModelFamily.SmolLM3 => "smollm3",
        _ => "llama",
    };

    /// <summary>The format's number for a file whose matrices are mostly of this kind.</summary>
    private static uint FileType(WeightPrecision precision) => precision switch
    {
        WeightPrecision.Float32 => 0,
        WeightPrecision.Float16 => 1,
        WeightPrecision.Quantized8 => 7,
        _ => 32,
    };

    private static GgufTensor Named(string name, Tensor value, LlamaConfig config, WeightPrecision precision)
    {
        var shape = value.shape;
        var type = shape.Length == 1 ? GgufType.Float32 : GgufTypes.For(precision, shape[1]);
        switch (name)
        {
            case LlamaParameters.Embedding:
                return new GgufTensor("token_embd.weight", shape, type, value);
            case LlamaParameters.FinalNorm:
                return new GgufTensor("output_norm.weight", shape, type, value);
            case LlamaParameters.Head:
                return new GgufTensor("output.weight", shape, type, value);
        }

        // model.layers.3.self_attn.q_proj.weight
        var words = name.Split('.');
        var part = string.Join('.', words[3..^1]);
        var heads = part switch
        {
            "self_attn.q_proj" => config.Heads,
            "self_attn.k_proj" => config.KvHeads,
            _ => 0,
        };
        var turns = heads > 0 && (Architecture(config) is "llama" or "smollm3") && (shape.Length == 2 || LlamaParameters.IsBias(name));
        var named = new GgufTensor($"blk.{words[2]}.{s_parts[part]}.{words[^1]}", shape, type, value);
        return Reordered(named, turns ? config.HeadSize : null);
    }

    /// <summary>Llama's architecture there turns neighbours, (0, 1), (2, 3) …, where Hugging Face turns i and i + d/2: rows of queries and
    /// keys change places within each head.</summary>
    private static GgufTensor Reordered(GgufTensor kept, int? headSize)
    {
        if (headSize is not { } width)
        {
            return kept;
        }

        return kept.Shape.Length == 2
            ? kept with { SourceRow = Source }
            : kept with { Value = kept.Value.Rows(Order((int)kept.Shape[0])) };

        int Source(int row) => (row / width * width) + (row % width / 2) + (row % 2 * width / 2);

        Tensor Order(int length) => tensor([.. Enumerable.Range(0, length).Select(row => (long)Source(row))], device: kept.Value.device);
    }

    /// <summary>By how much each of Llama 3's rotary frequencies is divided, (d/2).</summary>
    private static Tensor Factors(LlamaConfig config, RotaryScaling scaling)
    {
        var factors = new float[config.HeadSize / 2];
        for (var i = 0; i < factors.Length; i++)
        {
            var frequency = Math.Pow(config.RopeTheta, -2.0 * i / config.HeadSize);
            factors[i] = (float)(frequency / scaling.Frequency(i, config.HeadSize, config.RopeTheta));
        }

        return tensor(factors, [factors.Length], device: CPU);
    }
}
