using SEAS.Training.Engine.Devices;
using SEAS.Training.Engine.Models;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Generation;

/// <summary>Reads how likely one next token is against another, for many texts behind one fixed prefix.</summary>
/// <remarks>This is how a guard is asked: its policy is the prefix, run once; each conversation is a text;
/// the tokens are its two verdicts.</remarks>
/// <param name="model">The model; it is not changed and not disposed.</param>
public sealed class AnswerScorer(LlamaModel model)
{
    /// <summary>Text tokens per pass: enough for large products, few enough for the processor's caches.</summary>
    private const int PassTokens = 1024;

    /// <summary>P(A) / (P(A) + P(B)) of the token that follows each text.</summary>
    /// <param name="sharedPrefix">What all texts follow; may be empty.</param>
    /// <param name="texts">Token ids; together with the prefix each has at least one.</param>
    /// <param name="tokenA">The token whose probability is wanted.</param>
    /// <param name="tokenB">The one that it is compared with.</param>
    /// <param name="cancellation">Checked before every pass.</param>
    /// <returns>A probability for each text, in order.</returns>
    public double[] ProbabilityOfFirst(
        int[] sharedPrefix, IReadOnlyList<int[]> texts, int tokenA, int tokenB, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sharedPrefix);
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Any(text => text.Length == 0))
        {
            if (sharedPrefix.Length == 0)
            {
                throw new ArgumentException(
                    "A text and its prefix are both empty, so no token follows them. Begin with the model's first token.", nameof(texts));
            }

            return ProbabilityOfFirst(
                sharedPrefix[..^1], [.. texts.Select(text => (int[])[sharedPrefix[^1], .. text])], tokenA, tokenB, cancellation);
        }

        var results = new double[texts.Count];
        if (texts.Count > 0)
        {
            Score(sharedPrefix, texts, [tokenA, tokenB], results, cancellation);
        }

        return results;
    }

    private void Score(int[] prefix, IReadOnlyList<int[]> texts, long[] tokens, double[] results, CancellationToken cancellation)
    {
        using var inference = no_grad();
        using var scope = NewDisposeScope();
        using var cache = new PrefixCache(model.Config, model.Device, prefix.Length + texts.Max(text => text.Length));
        if (prefix.Length > 0)
        {
            using var batch = PackedBatch.FromRows([prefix], model.Device);
            Run(cache, batch).Dispose();
            cache.Keep(prefix.Length);
        }

        var chosen = tensor(tokens, device: model.Device);
        foreach (var pass in Passes(texts))
        {
            cancellation.ThrowIfCancellationRequested();
            using var passScope = NewDisposeScope();
            using var batch = PackedBatch.FromRows([.. pass.Select(text => texts[text])], model.Device, prefix.Length);
            var logits = HostCopy.Floats(model.Logits(Run(cache, batch), chosen));                // (rows, 2)
            for (var row = 0; row < pass.Count; row++)
            {
                // e^a / (e^a + e^b), without overflow
                results[pass[row]] = 1 / (1 + Math.Exp((double)logits[(2 * row) + 1] - logits[2 * row]));
            }
        }
    }

    private Tensor Run(PrefixCache cache, PackedBatch batch)
    {
        var last = tensor(batch.Rows.Select(row => row.Start + row.Length - 1L).ToArray(), device: model.Device);
        return model.Hidden(batch.Ids, batch.Positions, batch.Length, cache.Behind(batch), last);
    }

    /// <summary>Texts in groups of bounded size, similar lengths together, so that they share a mask.</summary>
    private static IEnumerable<List<int>> Passes(IReadOnlyList<int[]> texts)
    {
        List<int> pass = [];
        var tokens = 0;
        foreach (var text in Enumerable.Range(0, texts.Count).OrderBy(i => texts[i].Length))
        {
            if (tokens > 0 && tokens + texts[text].Length > PassTokens)
            {
                yield return pass;
                pass = [];
                tokens = 0;
            }

            pass.Add(text);
            tokens += texts[text].Length;
        }

        if (pass.Count > 0)
        {
            yield return pass;
        }
    }
}
