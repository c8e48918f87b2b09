using SEAS.Training.Engine.Devices;
using SEAS.Training.Engine.Models;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Generation;

/// <summary>Reads how likely a model finds each token of a text, and which tokens it finds likeliest in its place.</summary>
/// <remarks>The probabilities are the model's own, softmax of its logits: temperature, top-p and top-k change what is drawn, not these.</remarks>
/// <param name="model">The model; it is not changed and not disposed.</param>
public sealed class TokenReader(LlamaModel model)
{
    private const int RowsPerPass = 64;   // through the head at once: its logits are as wide as the vocabulary

    /// <summary>The places of a text from one on.</summary>
    /// <param name="ids">Token ids, at least one and no more than the model has positions.</param>
    /// <param name="first">The first place that is wanted. Before place 0 stands nothing, so it has no probability.</param>
    /// <param name="likeliest">How many of the likeliest tokens are wanted for each place, 0 or more.</param>
    /// <param name="cancellation">Checked before every pass.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range.</exception>
    /// <exception cref="InvalidOperationException">The model's logits are not numbers.</exception>
    public IReadOnlyList<TokenPlace> Read(int[] ids, int first, int likeliest, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(likeliest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Length, model.Config.MaxPositions, nameof(ids));
        var places = new List<TokenPlace>();
        if (first == 0 && ids.Length > 0)
        {
            places.Add(new TokenPlace(ids[0], null, []));
        }

        var from = Math.Max(first, 1);
        if (from >= ids.Length)
        {
            return places;
        }

        cancellation.ThrowIfCancellationRequested();
        using var inference = no_grad();
        using var scope = NewDisposeScope();
        using var batch = PackedBatch.FromRows([ids[..^1]], model.Device);
        var rows = arange(from - 1, ids.Length - 1, dtype: int64, device: model.Device);
        var hidden = model.Hidden(batch, rows);                                                        // (R, D)
        for (var start = from; start < ids.Length; start += RowsPerPass)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(RowsPerPass, ids.Length - start);
            Pass(hidden.narrow(0, start - from, count), ids.AsSpan(start, count), likeliest, places);
        }

        return places;
    }

    private void Pass(Tensor hidden, ReadOnlySpan<int> ids, int likeliest, List<TokenPlace> places)
    {
        using var scope = NewDisposeScope();
        var probabilities = model.Logits(hidden).log_softmax(-1);                                      // (R, V)
        var most = (int)Math.Min(likeliest, probabilities.shape[1]);
        var targets = tensor(ids.ToArray().Select(id => (long)id).ToArray(), device: model.Device).unsqueeze(1);   // (R, 1)
        var own = HostCopy.Floats(probabilities.gather(1, targets));
        float[] values = [];
        long[] tokens = [];
        if (most > 0)
        {
            var top = probabilities.topk(most, -1);                                                    // (R, most), likeliest first
            (values, tokens) = (HostCopy.Floats(top.values), HostCopy.Integers(top.indexes));
        }

        for (var row = 0; row < ids.Length; row++)
        {
            if (float.IsNaN(own[row]))
            {
                throw new InvalidOperationException("The model's logits are not numbers, so no token has a probability. Are its weights whole?");
            }

            var place = row * most;
            places.Add(new TokenPlace(ids[row], own[row], [.. Enumerable.Range(place, most).Select(at => ((int)tokens[at], (double)values[at]))]));
        }
    }
}

/// <summary>A token of a text, and what could have stood in its place.</summary>
/// <param name="Id">The token.</param>
/// <param name="LogProbability">The natural logarithm of its probability behind what stands before it; null where that is nothing.</param>
/// <param name="Likeliest">The likeliest tokens of its place, likeliest first.</param>
public sealed record TokenPlace(int Id, double? LogProbability, IReadOnlyList<(int Id, double LogProbability)> Likeliest);
