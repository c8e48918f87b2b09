using SEAS.Training.Models;

namespace SEAS.Training.Memory;

/// <summary>What a model of given sizes needs: exact for weights and caches, an estimate for activations.</summary>
/// <remarks>Everything is float32. Letters: D width, I feed-forward width, H query and K key heads of width hd, T tokens of a row, V
/// vocabulary.</remarks>
public static class ModelMemory
{
    private const int Float = sizeof(float);

    /// <summary>Rows of a generation wave that grow at once.</summary>
    private const int WaveRows = 80;

    /// <summary>Writing answers.</summary>
    /// <param name="model">The model's sizes.</param>
    /// <param name="promptTokens">Tokens of a prompt, which its answers share.</param>
    /// <param name="answerTokens">Tokens of an answer.</param>
    /// <param name="answersPerPrompt">Answers that share a prompt.</param>
    public static MemoryNeed Attack(LlamaConfig model, int promptTokens, int answerTokens, int answersPerPrompt)
    {
        ArgumentNullException.ThrowIfNull(model);
        var position = 2L * model.Layers * model.KvHeads * model.HeadSize * Float;
        var positions = (WaveRows * (long)answerTokens) + (((WaveRows / Math.Max(1, answersPerPrompt)) + 1) * (long)promptTokens);
        return new("attack", Weights(model), 0, 0, WaveRows * (long)model.VocabularySize * Float, positions * position);
    }

    /// <summary>Tuning.</summary>
    /// <param name="model">The model's sizes.</param>
    /// <param name="rows">Rows of a forward pass; a pair is a row of its prompt and both answers.</param>
    /// <param name="tokens">Tokens of a row.</param>
    /// <param name="answerTokens">Those of them that are learned.</param>
    /// <param name="lora">Adapters, or null where all weights learn.</param>
    /// <param name="checkpointing">Whether activations are computed again instead of kept.</param>
    /// <param name="preferences">Whether there is a reference: a copy of the weights, or, with adapters, the weights themselves.</param>
    public static MemoryNeed Tuning(
        LlamaConfig model, int rows, int tokens, int answerTokens, LoraSettings? lora, bool checkpointing, bool preferences)
    {
        ArgumentNullException.ThrowIfNull(model);
        var weights = Weights(model);
        var learning = 3 * Float * (lora is null ? model.ParameterCount : LoraCount(model, lora));
        return new(
            lora is null ? "tuning all weights" : $"tuning adapters of rank {lora.Rank}",
            weights,
            preferences && lora is null ? weights : 0,
            learning,
            Activations(model, rows, tokens, answerTokens, checkpointing),
            0);
    }

    /// <summary>Bytes of the weights in float32.</summary>
    public static long Weights(LlamaConfig model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.ParameterCount * Float;
    }

    private static long LoraCount(LlamaConfig model, LoraSettings lora) => LlamaParameters.Shapes(model)
        .Where(parameter => lora.Targets.Any(target => parameter.Name.EndsWith($".{target}.weight", StringComparison.Ordinal)))
        .Sum(parameter => lora.Rank * parameter.Shape.Sum());

    // Counted from what each operation keeps for its backward pass: two norms, the stacked projections, turned queries and keys, copies by
    // head, scores and their softmax, the mixed values, gate, up, their product, and the residual stream twice.
    private static long Activations(LlamaConfig model, int rows, int tokens, int answerTokens, bool checkpointing)
    {
        long width = model.HiddenSize;
        var queries = (long)model.Heads * model.HeadSize;
        var keys = (long)model.KvHeads * model.HeadSize;
        var block = (8 * width) + (4L * model.IntermediateSize) + (4 * queries) + (5 * keys) + (2L * model.Heads * tokens);
        var perToken = checkpointing ? block + (model.Layers * width) : model.Layers * block;
        var head = 4L * answerTokens * model.VocabularySize;
        return Float * rows * ((tokens * perToken) + head);
    }
}
