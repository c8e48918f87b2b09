using static TorchSharp.torch;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>The peer's <see cref="JudgeJob"/>: every text behind the whole prefix, padded on the right.</summary>
internal sealed class EagerJudgeJob(BenchmarkSettings settings) : IBenchmarkJob
{
    private readonly EagerLlama _model = new(settings.Model);

    /// <inheritdoc />
    public long RunOnce()
    {
        var (prefix, texts) = BenchmarkTexts.Judge(settings);
        foreach (var batch in texts.Chunk(settings.Batch))
        {
            _ = Probabilities(_model, prefix, batch);
        }

        return texts.Sum(text => (long)text.Length);
    }

    /// <summary>P(token 1) / (P(token 0) + P(token 1)) after every text.</summary>
    internal static float[] Probabilities(EagerLlama model, int[] prefix, IReadOnlyList<int[]> texts)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        var ids = new long[texts.Count, prefix.Length + texts.Max(text => text.Length)];
        for (var row = 0; row < texts.Count; row++)
        {
            int[] whole = [.. prefix, .. texts[row]];
            for (var at = 0; at < whole.Length; at++)
            {
                ids[row, at] = whole[at];
            }
        }

        var last = tensor([.. texts.Select(text => prefix.Length + text.Length - 1L)]);
        var read = model.Hidden(tensor(ids)).index(arange(texts.Count), last);                     // (B, D)
        return model.Logits(read, tokens: 2).softmax(-1).select(1, 1).data<float>().ToArray();
    }

    /// <inheritdoc />
    public void Dispose() => _model.Dispose();
}
