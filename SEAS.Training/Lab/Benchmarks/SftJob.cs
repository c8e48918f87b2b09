using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Recipes;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>Fine-tunes on the second half of every sequence: one AdamW step per batch.</summary>
internal sealed class SftJob(BenchmarkSettings settings) : IBenchmarkJob
{
    private readonly LlamaModel _model = settings.Random(0);

    /// <inheritdoc />
    public long RunOnce()
    {
        var rows = BenchmarkTexts.Sft(settings);
        var tokens = 0L;
        var plan = BatchPlan.InOrder(rows.Count, settings.Batch);
        SftRecipe.Run(_model, rows, Optimizer, plan, report => tokens += report.Tokens, CancellationToken.None);
        return tokens;
    }

    /// <inheritdoc />
    public void Dispose() => _model.Dispose();

    /// <summary>The optimizer that every program of this job uses.</summary>
    internal static TrainingSettings Optimizer => new() { LearningRate = 1e-4, Cosine = false, WeightDecay = 0.01, MaxGradNorm = 1 };
}
