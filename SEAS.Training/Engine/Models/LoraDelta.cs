using SEAS.Training.Engine.Devices;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>What adapters learnt, apart from any model: to be kept, put on a base, or joined with what was learnt on top of it.</summary>
public sealed class LoraDelta : IDisposable
{
    private readonly IReadOnlyList<(string Projection, Tensor A, Tensor B)> _pairs;

    /// <param name="scale">What each product B A is multiplied by.</param>
    /// <param name="pairs">A projection's name with A (r, in) and B (out, r); at least one. Taken over.</param>
    internal LoraDelta(double scale, IReadOnlyList<(string Projection, Tensor A, Tensor B)> pairs)
    {
        (Scale, _pairs) = (scale, pairs);
        foreach (var (_, a, b) in pairs)
        {
            a.DetachFromDisposeScope();
            b.DetachFromDisposeScope();
        }
    }

    internal double Scale { get; }

    internal IReadOnlyList<(string Projection, Tensor A, Tensor B)> Pairs => _pairs;

    /// <summary>r, the same for all.</summary>
    internal int Rank => (int)_pairs[0].A.shape[0];

    /// <summary>The last parts of the projections' names, in the order in which a block has them.</summary>
    internal IReadOnlyList<string> Targets =>
        [.. LoraSettings.AllTargets.Where(target => _pairs.Any(pair => pair.Projection.EndsWith("." + target, StringComparison.Ordinal)))];

    /// <summary>Frees the matrices.</summary>
    public void Dispose()
    {
        foreach (var (_, a, b) in _pairs)
        {
            a.Dispose();
            b.Dispose();
        }
    }

    /// <summary>A copy of what adapters hold now.</summary>
    internal static LoraDelta Of(IReadOnlyList<(string Projection, LoraPair Pair)> pairs)
    {
        using var statistics = no_grad();
        return new LoraDelta(
            pairs[0].Pair.Scale,
            [.. pairs.Select(pair => (pair.Projection, HostCopy.Whole(pair.Pair.A).clone(), HostCopy.Whole(pair.Pair.B).clone()))]);
    }

    /// <summary>Several that were learnt one on top of the other, as one: the matrices side by side, so the ranks add up.</summary>
    internal static LoraDelta Join(IReadOnlyList<LoraDelta> learnt)
    {
        using var scope = NewDisposeScope();
        using var statistics = no_grad();
        var scale = learnt[0].Scale;
        return new LoraDelta(scale, [.. learnt.SelectMany(delta => delta.Pairs).GroupBy(pair => pair.Projection, StringComparer.Ordinal)
            .Select(group => (
                group.Key,
                cat([.. learnt.Select(delta => A(delta, group))], 0),
                cat([.. learnt.Select(delta => B(delta, group))], 1)))]);

        Tensor A(LoraDelta delta, IGrouping<string, (string, Tensor A, Tensor B)> of) => Pair(delta, of.Key) is { } pair
            ? pair.A : zeros([delta.Rank, of.First().A.shape[1]], dtype: float32);

        Tensor B(LoraDelta delta, IGrouping<string, (string, Tensor A, Tensor B)> of) => Pair(delta, of.Key) is not { } pair
            ? zeros([of.First().B.shape[0], delta.Rank], dtype: float32)
            : delta.Scale.Equals(scale) ? pair.B : pair.B * (delta.Scale / scale);

        static (Tensor A, Tensor B)? Pair(LoraDelta delta, string projection) =>
            delta.Pairs.Where(pair => pair.Projection == projection).Select(pair => ((Tensor, Tensor)?)(pair.A, pair.B)).FirstOrDefault();
    }

    /// <summary>Adds it to a model's own weights, or keeps it beside those that are others' too.</summary>
    internal void MergeInto(LlamaModel model)
    {
        using var scope = NewDisposeScope();
        using var statistics = no_grad();
        var named = _pairs.ToDictionary(pair => pair.Projection, StringComparer.Ordinal);
        foreach (var projection in model.Projections.Where(projection => named.ContainsKey(projection.Name)))
        {
            var (_, a, b) = named[projection.Name];
            using var pair = new LoraPair(nn.Parameter(a.to(model.Device)), nn.Parameter(b.to(model.Device)), Scale);
            projection.Take(pair, beside: model.Shares);
        }
    }
}
