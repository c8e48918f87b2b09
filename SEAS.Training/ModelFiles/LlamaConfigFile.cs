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
        var biased = fields.Flag("attention_bias", false);
        var config = new LlamaConfig(
            HiddenSize: fields.Integer("hidden_size"),
            Layers: fields.Integer("num_hidden_layers"),
            Heads: heads,
            KvHeads: fields.Integer("num_key_value_heads", family == ModelFamily.Mistral ? 8 : heads),
            IntermediateSize: fields.Integer("intermediate_size"),
            VocabularySize: fields.Integer("vocab_size"),
            MaxPositions: fields.Positions(family),
            RmsNormEps: fields.Number("rms_norm_eps", 1e-6),
            RopeTheta: fields.RopeTheta(),
            TiedEmbeddings: fields.Flag("tie_word_embeddings", false))
        {
            Family = family,
            HeadWidth = fields.HeadWidth(heads),
            InputBias = biased || family == ModelFamily.Qwen2,
            OutputBias = biased && family == ModelFamily.Llama,
            Scaling = fields.Scaling(),
        };
        fields.RefuseWhatChangesResults();
        IReadOnlyList<string> problems = fields.Problems.Count > 0 ? fields.Problems : config.Problems();
        return problems.Count == 0
            ? config
            : throw new CheckpointException($"The model described by {path} cannot be used:\n  • " + string.Join("\n  • ", problems));
    }

    public static void Write(
        string path, LlamaConfig config, int? bos, int? eos, WeightPrecision precision = WeightPrecision.Float32)
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
            ["attention_bias"] = config.OutputBias,
            ["mlp_bias"] = false,
            ["rope_scaling"] = Scaling(config.Scaling),
            ["torch_dtype"] = precision.ToString().ToLowerInvariant(),
            ["bos_token_id"] = bos,
            ["eos_token_id"] = eos,
        };
        File.WriteAllText(path, json.ToJsonString(Indented) + "\n");
    }

    private static JsonObject? Scaling(RotaryScaling? scaling)
    {
        if (scaling is null)
        {
            return null;
        }

        var json = new JsonObject { ["rope_type"] = scaling.Kind.ToString().ToLowerInvariant(), ["factor"] = scaling.Factor };
        if (scaling.Kind == RotaryScalingKind.Llama3)
        {
            json["low_freq_factor"] = scaling.LowFrequencyFactor;
            json["high_freq_factor"] = scaling.HighFrequencyFactor;
            json["original_max_position_embeddings"] = scaling.OriginalPositions;
        }

        return json;
    }
}
