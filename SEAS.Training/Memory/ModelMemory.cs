using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.ModelFiles;

namespace SEAS.Training.Memory;

/// <summary>What a model of given sizes needs: exact for weights, gradients, optimizer and caches, an estimate for activations.</summary>
/// <remarks>What flows between layers is float32 always. Letters: D width, I feed-forward width, H query and K key heads of width hd, T
/// tokens of a row, V vocabulary.</remarks>
public static class ModelMemory
{
    private const int Float = sizeof(float);
    private const int Half = sizeof(ushort);

    // Of each weight that learns. float32: gradient 4, two means 8. bfloat16: gradient 2, what its rounding leaves out 2, two means 8.
    private const int LearningBytes = 12;

    // Of each score while a token is chosen on a device: the score, its weight, running sums in float64, and a round's comparisons.
    private const int ChoiceBytes = 40;

    /// <summary>Writing answers.</summary>
    /// <param name="model">The model's sizes.</param>
    /// <param name="promptTokens">Tokens of a prompt, which its answers share.</param>
    /// <param name="answerTokens">Tokens of an answer.</param>
    /// <param name="answersPerPrompt">Answers that share a prompt.</param>
    /// <param name="weights">How matrices are kept: float32 or bfloat16.</param>
    /// <param name="gpu">A GPU's memory in bytes; null on the CPU.</param>
    public static MemoryNeed Attack(
        LlamaConfig model, int promptTokens, int answerTokens, int answersPerPrompt,
        WeightPrecision weights = WeightPrecision.Float32, long? gpu = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var limits = WaveLimits.Of(gpu);
        var position = 2L * model.Layers * model.KvHeads * model.HeadSize * Float;
        var positions = (limits.Rows * (long)answerTokens) + (((limits.Rows / Math.Max(1, answersPerPrompt)) + 1) * (long)promptTokens);
        var one = promptTokens + ((long)answersPerPrompt * answerTokens);   // a single request is served whatever it takes
        return new(
            "attack", Weights(model, weights), 0, limits.Rows * (long)model.VocabularySize * (gpu is null ? Float : ChoiceBytes),
            Math.Min(positions * position, Math.Max(limits.Bytes, one * position)));
    }

    /// <summary>Tuning.</summary>
    /// <param name="model">The model's sizes.</param>
    /// <param name="rows">Rows of a forward pass; a pair is a row of its prompt and both answers.</param>
    /// <param name="tokens">Tokens of a row.</param>
    /// <param name="answerTokens">Those of them that are learned.</param>
    /// <param name="lora">Adapters, or null where all weights learn.</param>
    /// <param name="checkpointing">Whether activations are computed again instead of kept.</param>
    /// <param name="weights">How matrices are kept: float32 or bfloat16.</param>
    /// <param name="gpu">Whether it runs on a GPU, where attention's scores are never written to memory.</param>
    /// <remarks>Preference training needs no more than any other: its reference is the model itself, asked without its adapters or before
    /// the first step.</remarks>
    public static MemoryNeed Tuning(
        LlamaConfig model, int rows, int tokens, int answerTokens, LoraSettings? lora, bool checkpointing,
        WeightPrecision weights = WeightPrecision.Float32, bool gpu = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(
            lora is null ? "tuning all weights" : $"tuning adapters of rank {lora.Rank}",
            Weights(model, weights),
            lora is null ? LearningBytes * model.ParameterCount : (Float + LearningBytes) * LoraCount(model, lora),
            Activations(model, rows, tokens, answerTokens, checkpointing, weights, gpu),
            0);
    }

    /// <summary>Bytes of the weights. In bfloat16 gains and biases stay float32.</summary>
    public static long Weights(LlamaConfig model, WeightPrecision weights = WeightPrecision.Float32)
    {
        ArgumentNullException.ThrowIfNull(model);
        return LlamaParameters.Shapes(model).Sum(parameter =>
            parameter.Shape.Aggregate(1L, (a, b) => a * b) * (parameter.Shape.Length == 2 ? Bytes(weights) : Float));
    }

    private static int Bytes(WeightPrecision weights) => weights == WeightPrecision.BFloat16 ? Half : Float;

    private static long LoraCount(LlamaConfig model, LoraSettings lora) => LlamaParameters.Shapes(model)
        .Where(parameter => lora.Targets.Any(target => parameter.Name.EndsWith($".{target}.weight", StringComparison.Ordinal)))
        .Sum(parameter => lora.Rank * parameter.Shape.Sum());

    // Counted from what each operation keeps for its backward pass: two norms, the stacked projections, turned queries and keys, copies by
    // head, scores and their softmax, the mixed values, gate, up, their product, and the residual stream twice. In bfloat16 every product
    // keeps a copy of its input in that type. The matrix of the stacked projections is made anew in every pass.
    private static long Activations(
        LlamaConfig model, int rows, int tokens, int answerTokens, bool checkpointing, WeightPrecision weights, bool gpu)
    {
        long width = model.HiddenSize;
        var queries = (long)model.Heads * model.HeadSize;
        var keys = (long)model.KvHeads * model.HeadSize;
        var scores = gpu ? 0 : 2L * model.Heads * tokens;
        var block = Float * ((8 * width) + (4L * model.IntermediateSize) + (4 * queries) + (5 * keys) + scores);
        block += weights == WeightPrecision.BFloat16 ? Half * ((3 * width) + queries + model.IntermediateSize) : 0;
        var stacked = (queries + (2 * keys)) * width * Bytes(weights);
        var perToken = checkpointing ? block + (Float * model.Layers * width) : model.Layers * block;
        var head = Float * 4L * answerTokens * model.VocabularySize;
        return (rows * ((tokens * perToken) + head)) + ((checkpointing ? 1 : model.Layers) * stacked);
    }
}
