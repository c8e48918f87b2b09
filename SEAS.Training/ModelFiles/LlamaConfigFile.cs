using System.Text.Json;
using System.Text.Json.Nodes;
using SEAS.Training.Engine.Models;

namespace SEAS.Training.ModelFiles;

/// <summary>Hugging Face's <c>config.json</c> of a Llama, to and from <see cref="LlamaConfig"/>.</summary>
/// <remarks>
/// A field that this decoder does not implement and that would change its results is refused by name, never ignored: a model that computes
/// something else than its makers meant is worse than one that does not load. Missing fields get Hugging Face's own defaults.
/// </remarks>
internal static class LlamaConfigFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <exception cref="CheckpointException">The file is missing, not JSON, or describes another kind of model;
    /// all problems in one message.</exception>
    public static LlamaConfig Read(string path)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new CheckpointException($"The model's {path} cannot be read: {error.Message} A Hugging Face model folder has one.",
                error);
        }

        using (json)
        {
            try
            {
                return Read(new LlamaConfigFields(json.RootElement), path);
            }
            catch (InvalidOperationException error)   // a text in the JSON that is no text
            {
                throw new CheckpointException($"The model's {path} is damaged: {error.Message} Copy it again.", error);
            }
        }
    }

    private static LlamaConfig Read(LlamaConfigFields fields, string path)
    {
        var family = fields.Family();
        var heads = fields.Integer("num_attention_heads");
        var positions = fields.Positions(family);
        var biased = fields.Flag("attention_bias", false);
        var config = new LlamaConfig(
            HiddenSize: fields.Integer("hidden_size"),
            Layers: fields.Integer("num_hidden_layers"),
            Heads: heads,
            KvHeads: fields.KvHeads(family, heads),
            IntermediateSize: fields.Integer("intermediate_size"),
            VocabularySize: fields.Integer("vocab_size"),
            MaxPositions: positions,
            RmsNormEps: fields.Number("rms_norm_eps", 1e-6),
            RopeTheta: fields.RopeTheta(family),
            TiedEmbeddings: fields.Flag("tie_word_embeddings", family == ModelFamily.SmolLM3))
        {
            Family = family,
            HeadWidth = fields.HeadWidth(family, heads),
            InputBias = biased || family == ModelFamily.Qwen2,
            OutputBias = biased && family is not (ModelFamily.Mistral or ModelFamily.Qwen2),
            NormedHeads = family == ModelFamily.Qwen3,
            Scaling = fields.Scaling(positions),
        };
        config = WindowFields.With(config, fields);
        fields.RefuseWhatChangesResults();
        IReadOnlyList<string> problems = fields.Problems.Count > 0 ? fields.Problems : config.Problems();
        return problems.Count == 0
            ? config
            : throw new CheckpointException($"The model described by {path} cannot be used:\n  • " + string.Join("\n  • ", problems));
    }

    /// <summary>Writes what <see cref="Read(string)"/> reads as the same.</summary>
    public static void Write(
        string path, LlamaConfig config, int? bos, int? eos, WeightPrecision precision = WeightPrecision.Float32) =>
        Write(path, config, bos, eos is { } end ? [end] : [], precision);

    /// <summary>The same with every token that ends an answer; several are a list.</summary>
    public static void Write(string path, LlamaConfig config, int? bos, IReadOnlyList<int> ends, WeightPrecision precision)
    {
        var json = new JsonObject
        {
            ["architectures"] = new JsonArray($"{config.Family}ForCausalLM"),
            ["model_type"] = config.Family.ToString().ToLowerInvariant(),
            ["hidden_size"] = config.HiddenSize,
            ["intermediate_size"] = config.IntermediateSize,
            ["num_hidden_layers"] = config.Layers,
            ["num_attention_heads"] = config.Heads,
            ["num_key_value_heads"] = config.KvHeads,
            ["vocab_size"] = config.VocabularySize,
            ["max_position_embeddings"] = config.MaxPositions,
            ["rms_norm_eps"] = config.RmsNormEps,
            ["rope_theta"] = config.RopeTheta,
            ["hidden_act"] = "silu",
            ["tie_word_embeddings"] = config.TiedEmbeddings,
            ["head_dim"] = config.HeadSize,
            ["attention_bias"] = config.Family == ModelFamily.Qwen2 ? config.OutputBias : config.InputBias,
            ["mlp_bias"] = false,
            ["rope_scaling"] = Scaling(config.Scaling),
            ["torch_dtype"] = precision.ToString().ToLowerInvariant(),
            ["bos_token_id"] = bos,
            ["eos_token_id"] = ends.Count > 1 ? new JsonArray([.. ends.Select(id => (JsonNode)id)]) : ends.Count == 1 ? ends[0] : null,
        };
        foreach (var (name, value) in Blocks(config))
        {
            json[name] = value;
        }

        File.WriteAllText(path, json.ToJsonString(Indented) + "\n");
    }

    /// <summary>What a family's blocks do not have in common. A window that is not there is written as null: a reader that finds nothing
    /// takes the family's own.</summary>
    private static IEnumerable<(string Name, JsonNode? Value)> Blocks(LlamaConfig config)
    {
        var all = Enumerable.Range(0, config.Layers);
        if (config.Family == ModelFamily.Llama)
        {
            yield break;
        }

        yield return ("sliding_window", config.Window);
        if (config.Family == ModelFamily.Mistral)
        {
            yield break;
        }

        yield return ("use_sliding_window", config.Window is not null);
        if (config.Family == ModelFamily.SmolLM3)
        {
            yield return ("no_rope_layers", new JsonArray([.. all.Select(layer => (JsonNode)(config.TurnsAt(layer) ? 1 : 0))]));
        }
        else
        {
            yield return ("max_window_layers", config.Window is null ? config.Layers : config.WindowLayers?.First ?? 0);
        }

        if (config.Window is not null)
        {
            yield return ("layer_types", new JsonArray(
                [.. all.Select(layer => (JsonNode)(config.WindowAt(layer) is null ? "full_attention" : "sliding_attention"))]));
        }
    }

    private static JsonObject? Scaling(RotaryScaling? scaling)
    {
        if (scaling is null)
        {
            return null;
        }

        var json = new JsonObject { ["rope_type"] = scaling.Kind.ToString().ToLowerInvariant(), ["factor"] = scaling.Factor };
        if (scaling.Kind == RotaryScalingKind.Yarn)
        {
            json["original_max_position_embeddings"] = scaling.OriginalPositions;
            json["beta_fast"] = scaling.BetaFast;
            json["beta_slow"] = scaling.BetaSlow;
            json["truncate"] = scaling.WholeEnds;
            json["attention_factor"] = scaling.AttentionFactor;
        }

        if (scaling.Kind == RotaryScalingKind.Llama3)
        {
            json["low_freq_factor"] = scaling.LowFrequencyFactor;
            json["high_freq_factor"] = scaling.HighFrequencyFactor;
            json["original_max_position_embeddings"] = scaling.OriginalPositions;
        }

        return json;
    }
}
