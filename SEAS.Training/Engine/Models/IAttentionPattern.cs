using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>Which tokens may look at which, and where the keys and values of earlier tokens are kept.</summary>
/// <remarks>The layers above and below do not care: they see one axis of N tokens, whatever sequences these belong to.</remarks>
internal interface IAttentionPattern
{
    /// <summary>Mixes the values of the tokens that each token may look at.</summary>
    /// <param name="layer">The block, from 0.</param>
    /// <param name="turned">Queries, then keys, both turned by their positions: (N, H + KvHeads, hd).</param>
    /// <param name="values">(N, KvHeads, hd).</param>
    /// <param name="rows">Tokens whose result is wanted, (R) int64; null wants all.</param>
    /// <returns>(N, H·hd), or (R, H·hd) when <paramref name="rows"/> are given.</returns>
    Tensor Attend(int layer, Tensor turned, Tensor values, Tensor? rows);
}
