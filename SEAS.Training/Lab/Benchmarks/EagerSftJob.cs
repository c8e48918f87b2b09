using SEAS.Training.Engine.Recipes;
using static TorchSharp.torch;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>The peer's <see cref="SftJob"/>.</summary>
internal sealed class EagerSftJob : IBenchmarkJob
{
    private readonly BenchmarkSettings _settings;
    private readonly EagerLlama _model;
    private readonly optim.Optimizer _optimizer;

    public EagerSftJob(BenchmarkSettings settings)
    {
        _settings = settings;
        _model = new EagerLlama(settings.Model);
        _optimizer = EagerTraining.Optimizer(_model);
    }

    /// <inheritdoc />
    public long RunOnce()
    {
        var rows = BenchmarkTexts.Sft(_settings);
        foreach (var batch in rows.Chunk(_settings.Batch))
        {
            using var scope = NewDisposeScope();
            _ = EagerTraining.Step(_model, _optimizer, Loss(_model, batch));
        }

        return rows.Sum(row => (long)row.Tokens);
    }

    /// <summary>Mean negative log-likelihood of the answers' tokens: ().</summary>
    internal static Tensor Loss(EagerLlama model, IReadOnlyList<SftExample> rows) =>
        -EagerTraining.AnswerLogProbs(model, [.. rows.Select(row => (row.Prompt, row.Answer))]).sum() / rows.Sum(row => row.LearnedTokens);

    /// <inheritdoc />
    public void Dispose()
    {
        _optimizer.Dispose();
        _model.Dispose();
    }
}
