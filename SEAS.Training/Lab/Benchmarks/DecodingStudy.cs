using System.Diagnostics;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Chat;
using SEAS.Training.Text.Tokenizers;
using TorchSharp;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>Greedy decoding of several texts at once by a model of random weights, which can be handed to other programs.</summary>
public sealed class DecodingStudy : IDisposable
{
    private const int PromptTokens = 16;

    private readonly ModelFolder _folder;
    private readonly Generator _generator;
    private readonly BenchmarkSettings _settings;

    /// <param name="settings">The model's sizes and the threads; the vocabulary is that of the built-in world.</param>
    public DecodingStudy(BenchmarkSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var tokenizer = Tokenizer.Load(EmbeddedWeights.Base);
        _settings = settings with { Vocab = tokenizer.VocabularySize };
        torch.set_num_threads(settings.Threads);
        _folder = new ModelFolder(
            LlamaModel.Random(_settings.Model, 0, torch.CPU), tokenizer, ChatFormat.For(tokenizer));
        _generator = new Generator(_folder.Model);
    }

    /// <summary>The same model as a GGUF file, float32.</summary>
    public void WriteGguf(string path) => ModelExport.ToGguf(_folder, path, WeightPrecision.Float32, "decoding study");

    /// <summary>The prompts, which no two texts share.</summary>
    public IReadOnlyList<int[]> Prompts(int sequences)
    {
        var ids = new RandomStream(0, "study/decoding/prompts");
        return [.. Enumerable.Range(0, sequences).Select(_ =>
            (int[])[.. Enumerable.Range(0, PromptTokens).Select(_ => ids.Next(_settings.Vocab))])];
    }

    /// <summary>Decodes once.</summary>
    /// <param name="prompts">One text each.</param>
    /// <param name="tokens">How many tokens each grows by.</param>
    /// <returns>Seconds, and the ids of each text.</returns>
    public (double Seconds, IReadOnlyList<int[]> Ids) Decode(IReadOnlyList<int[]> prompts, int tokens)
    {
        var stream = new RandomStream(0, "study/decoding/answers");
        var greedy = new SamplingSettings(Temperature: 0, TopP: 1, TopK: 0, MaxNewTokens: tokens);
        var begun = Stopwatch.GetTimestamp();
        var texts = _generator.Generate(
            [.. prompts.Select(prompt => new GenerationRequest(prompt, [stream]))], greedy, new HashSet<int>(), CancellationToken.None);
        return (Stopwatch.GetElapsedTime(begun).TotalSeconds, [.. texts.Select(text => text[0].Ids)]);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
