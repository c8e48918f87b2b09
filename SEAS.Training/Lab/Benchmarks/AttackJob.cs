using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>Samples several answers to every prompt: temperature 0.8, top-p 0.9, each as long as its sequence's second half.</summary>
internal sealed class AttackJob : IBenchmarkJob
{
    private readonly BenchmarkSettings _settings;
    private readonly LlamaModel _model;
    private readonly Generator _generator;

    public AttackJob(BenchmarkSettings settings)
    {
        _settings = settings;
        _model = settings.Random(0);
        _generator = new Generator(_model);
    }

    /// <inheritdoc />
    public long RunOnce()
    {
        var requests = BenchmarkTexts.Attack(_settings).Select((text, example) => new GenerationRequest(
            text.Prompt,
            [.. Enumerable.Range(0, _settings.Samples).Select(sample => new RandomStream(0, "bench/attack/answers", example, sample))])
        {
            MaxNewTokens = text.NewTokens,
        });
        var sampling = new SamplingSettings(Temperature: 0.8, TopP: 0.9, TopK: 0, MaxNewTokens: _settings.Seq);
        var results = _generator.Generate([.. requests], sampling, new HashSet<int>(), CancellationToken.None);
        return results.Sum(answers => answers.Sum(answer => (long)answer.Ids.Length));
    }

    /// <inheritdoc />
    public void Dispose() => _model.Dispose();
}
