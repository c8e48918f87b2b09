namespace SEAS.Training.Engine.Models;

/// <summary>Which parameters a Llama has: Hugging Face's names and the shapes, in the order in which the model uses them.</summary>
public static class LlamaParameters
{
    /// <summary>The embedding, (V, D).</summary>
    public const string Embedding = "model.embed_tokens.weight";

    /// <summary>The last norm's gain, (D).</summary>
    public const string FinalNorm = "model.norm.weight";

    /// <summary>The head, (V, D); absent when it is tied to the embedding.</summary>
    public const string Head = "lm_head.weight";

    /// <summary>The name of one block's parameter, for example <c>model.layers.0.self_attn.q_proj.weight</c>.</summary>
    public static string InLayer(int layer, string part) => $"model.layers.{layer}.{part}.weight";

    /// <summary>The name of one projection's bias, for example <c>model.layers.0.self_attn.q_proj.bias</c>.</summary>
    public static string BiasInLayer(int layer, string part) => $"model.layers.{layer}.{part}.bias";

    /// <summary>Whether a name is a bias's.</summary>
    public static bool IsBias(string name) => name.EndsWith(".bias", StringComparison.Ordinal);

    /// <summary>All parameters of a model of this size.</summary>
    public static IReadOnlyList<(string Name, long[] Shape)> Shapes(LlamaConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        long width = config.HiddenSize;
        var queries = (long)config.Heads * config.HeadSize;
        var keys = (long)config.KvHeads * config.HeadSize;
        List<(string Name, long[] Shape)> shapes = [(Embedding, [config.VocabularySize, width])];
        for (var layer = 0; layer < config.Layers; layer++)
        {
            shapes.AddRange(
            [
                (InLayer(layer, "input_layernorm"), [width]),
                (InLayer(layer, "self_attn.q_proj"), [queries, width]),
                (InLayer(layer, "self_attn.k_proj"), [keys, width]),
                (InLayer(layer, "self_attn.v_proj"), [keys, width]),
                (InLayer(layer, "self_attn.o_proj"), [width, queries]),
                .. Biases(layer),
                .. HeadNorms(layer),
                (InLayer(layer, "post_attention_layernorm"), [width]),
                (InLayer(layer, "mlp.gate_proj"), [config.IntermediateSize, width]),
                (InLayer(layer, "mlp.up_proj"), [config.IntermediateSize, width]),
                (InLayer(layer, "mlp.down_proj"), [width, config.IntermediateSize]),
            ]);
        }

        shapes.Add((FinalNorm, [width]));
        if (!config.TiedEmbeddings)
        {
            shapes.Add((Head, [config.VocabularySize, width]));
        }

        return shapes;

        (string, long[])[] HeadNorms(int layer) => !config.NormedHeads ? [] :
        [
            (InLayer(layer, "self_attn.q_norm"), [config.HeadSize]),
            (InLayer(layer, "self_attn.k_norm"), [config.HeadSize]),
        ];

        IEnumerable<(string, long[])> Biases(int layer)
        {
            if (config.InputBias)
            {
                yield return (BiasInLayer(layer, "self_attn.q_proj"), [queries]);
                yield return (BiasInLayer(layer, "self_attn.k_proj"), [keys]);
                yield return (BiasInLayer(layer, "self_attn.v_proj"), [keys]);
            }

            if (config.OutputBias)
            {
                yield return (BiasInLayer(layer, "self_attn.o_proj"), [width]);
            }
        }
    }
}
