using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>Reads the probability of token 1 against token 0 after every text, all behind one prefix.</summary>
internal sealed class JudgeJob(BenchmarkSettings settings) : IBenchmarkJob
{
    private readonly LlamaModel _model = settings.Random(0);

    /// <inheritdoc />
    public long RunOnce()
    {
        var (prefix, texts) = BenchmarkTexts.Judge(settings);
        new AnswerScorer(_model).ProbabilityOfFirst(prefix, texts, tokenA: 1, tokenB: 0, CancellationToken.None);
        return texts.Sum(text => (long)text.Length);
    }

    /// <inheritdoc />
    public void Dispose() => _model.Dispose();
}
