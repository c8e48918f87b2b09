using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using TorchSharp;

namespace SEAS.Tests.Engine.Models;

/// <summary>Untrained models of a few thousand numbers, and token sequences for them. Each thread has its own:
/// a model belongs to one thread.</summary>
internal static class SmallModels
{
    [ThreadStatic]
    private static LlamaModel? s_tied;

    [ThreadStatic]
    private static LlamaModel? s_untied;

    /// <summary>Two query heads share a key head; the width of a head (6) is not a whole register.</summary>
    public static LlamaConfig Config { get; } = new(24, 2, 4, 2, 40, 50, 64, 1e-5, 10_000, TiedEmbeddings: true);

    public static LlamaModel Tied => s_tied ??= LlamaModel.Random(Config, 7, torch.CPU);

    /// <summary>Each head has its own keys, and the head is not the embedding.
    /// Its weights are large, so that its choices are clear.</summary>
    public static LlamaModel Untied =>
        s_untied ??= Sharpened(LlamaModel.Random(Config with { KvHeads = 4, TiedEmbeddings = false }, 8, torch.CPU));

    public static int[] Tokens(int count, long index)
    {
        var stream = new RandomStream(1, "tests/tokens", index);
        return [.. Enumerable.Range(0, count).Select(_ => stream.Next(Config.VocabularySize))];
    }

    /// <summary>Next-token scores after every token of one sequence, run alone: (T, V).</summary>
    public static float[][] LogitsAlone(LlamaModel model, int[] row)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.no_grad();
        using var batch = PackedBatch.FromRows([row], torch.CPU);
        return Rows(model.Logits(model.Hidden(batch)));
    }

    public static float[][] Rows(torch.Tensor matrix) =>
        [.. matrix.contiguous().data<float>().ToArray().Chunk((int)matrix.shape[1])];

    public static void AssertClose(IReadOnlyList<float> expected, IReadOnlyList<float> found, double tolerance = 1e-5)
    {
        Assert.Equal(expected.Count, found.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.True(Math.Abs(expected[i] - found[i]) <= tolerance, $"place {i}: expected {expected[i]}, found {found[i]}");
        }
    }

    private static LlamaModel Sharpened(LlamaModel model)
    {
        using var scope = torch.NewDisposeScope();
        using var inference = torch.no_grad();
        foreach (var (_, value) in model.Parameters.Where(parameter => parameter.Value.ndim == 2))
        {
            value.mul_(10);
        }

        return model;
    }
}
