using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>Grouped-query attention: the four projections. What attends to what is the pattern's affair.</summary>
/// <remarks>
/// Sources: Vaswani et al. 2017, arXiv:1706.03762, eq. 1; Ainslie et al. 2023, arXiv:2305.13245 (groups). The three input projections run
/// as one product with the stacked weights; stacking copies little (a few hundred KiB) and saves two products forward and four backward.
/// </remarks>
/// <param name="config">Heads and their width.</param>
/// <param name="query">To queries.</param>
/// <param name="key">To keys.</param>
/// <param name="value">To values.</param>
/// <param name="output">Back to the residual stream.</param>
/// <param name="norms">Norms over a head's width, for queries and for keys; null where there are none.</param>
internal sealed class Attention(
    LlamaConfig config, Projection query, Projection key, Projection value, Projection output, (RmsNorm Query, RmsNorm Key)? norms)
{
    /// <param name="x">Normed tokens: (N, D).</param>
    /// <param name="angles">Rotary angles of the tokens' positions.</param>
    /// <param name="pattern">Who looks at whom.</param>
    /// <param name="layer">The block, from 0.</param>
    /// <param name="rows">Tokens whose result is wanted, (R); null wants all.</param>
    /// <returns>(N, D) or (R, D).</returns>
    public Tensor Forward(Tensor x, RotaryAngles angles, IAttentionPattern pattern, int layer, Tensor? rows)
    {
        long size = config.HeadSize;
        var turning = config.Heads + config.KvHeads;
        var projected = Projection.Stacked(x, query, key, value);                        // (N, (H + 2·KvHeads)·hd)
        var parts = projected.split([turning * size, config.KvHeads * size], 1);
        var heads = Normed(parts[0].view(-1, turning, size));                             // (N, H + KvHeads, hd)
        var turned = config.TurnsAt(layer) ? angles.Turn(heads) : heads;                  // (N, H + KvHeads, hd)
        var values = parts[1].view(-1, config.KvHeads, size);                             // (N, KvHeads, hd)
        return output.Forward(pattern.Attend(layer, turned, values, rows));
    }

    private Tensor Normed(Tensor heads)
    {
        if (norms is not { } norm)
        {
            return heads;
        }

        var apart = heads.split([config.Heads, config.KvHeads], 1);
        return cat([norm.Query.Forward(apart[0]), norm.Key.Forward(apart[1])], 1);
    }
}
