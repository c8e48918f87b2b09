using SEAS.Training.Engine.Recipes;
using static TorchSharp.torch;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>The peer's <see cref="DpoJob"/>.</summary>
internal sealed class EagerDpoJob : IBenchmarkJob
{
    private const double Beta = 0.1;

    private readonly BenchmarkSettings _settings;
    private readonly EagerLlama _policy;
    private readonly EagerLlama _reference;
    private readonly optim.Optimizer _optimizer;

    public EagerDpoJob(BenchmarkSettings settings)
    {
        _settings = settings;
        _policy = new EagerLlama(settings.Model);
        _reference = new EagerLlama(settings.Model);
        _optimizer = EagerTraining.Optimizer(_policy);
    }

    /// <inheritdoc />
    public long RunOnce()
    {
        var pairs = BenchmarkTexts.Dpo(_settings);
        foreach (var batch in pairs.Chunk(_settings.Batch))
        {
            using var scope = NewDisposeScope();
            _ = EagerTraining.Step(_policy, _optimizer, Loss(_policy, _reference, batch));
        }

        return pairs.Sum(pair => (long)pair.Tokens);
    }

    /// <summary>−log σ(β · margin), mean over the pairs: ().</summary>
    internal static Tensor Loss(EagerLlama policy, EagerLlama reference, IReadOnlyList<PreferenceExample> pairs)
    {
        (int[], int[])[] rows =
            [.. pairs.Select(pair => (pair.Prompt, pair.Chosen)), .. pairs.Select(pair => (pair.Prompt, pair.Rejected))];
        Tensor frozen;
        using (no_grad())
        {
            frozen = EagerTraining.AnswerLogProbs(reference, rows);                     // (2·B)
        }

        var gains = (EagerTraining.AnswerLogProbs(policy, rows) - frozen).chunk(2);     // (B), (B)
        return -nn.functional.logsigmoid(Beta * (gains[0] - gains[1])).mean();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _optimizer.Dispose();
        _policy.Dispose();
        _reference.Dispose();
    }
}
