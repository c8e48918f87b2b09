using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Recipes;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>Learns to prefer one answer of each pair to the other, against a frozen reference: one AdamW step per batch of pairs.</summary>
/// <remarks>Prompt and chosen answer are a sequence's two halves; the rejected answer is as long as the next sequence's second
/// half.</remarks>
internal sealed class DpoJob(BenchmarkSettings settings) : IBenchmarkJob
{
    private readonly LlamaModel _policy = settings.Random(0);
    private readonly LlamaModel _reference = settings.Random(1);

    /// <inheritdoc />
    public long RunOnce()
    {
        var pairs = BenchmarkTexts.Dpo(settings);
        var tokens = 0L;
        var plan = BatchPlan.InOrder(pairs.Count, settings.Batch);
        DpoRecipe.Run(_policy, _reference, pairs, [], Optimizer, plan, report => tokens += report.Tokens, CancellationToken.None);
        return tokens;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _policy.Dispose();
        _reference.Dispose();
    }

    /// <summary>The optimizer and β that every program of this job uses.</summary>
    internal static DpoSettings Optimizer => new() { LearningRate = 1e-4, Cosine = false, WeightDecay = 0.01, MaxGradNorm = 1, Beta = 0.1 };
}
