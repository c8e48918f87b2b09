using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>One layer: attention and feed-forward, each behind a norm and added to the residual stream.</summary>
internal sealed class DecoderBlock(RmsNorm attentionNorm, Attention attention, RmsNorm feedForwardNorm, SwiGlu feedForward)
{
    /// <param name="x">The residual stream: (N, D).</param>
    /// <param name="angles">Rotary angles of the tokens' positions.</param>
    /// <param name="pattern">Who looks at whom.</param>
    /// <param name="layer">The block, from 0.</param>
    /// <param name="rows">Tokens that anyone needs after this block, (R); null needs all.
    /// The others still serve as keys and values.</param>
    /// <returns>The residual stream after the block, (N, D) or (R, D); it belongs to the caller's scope.</returns>
    public Tensor Forward(Tensor x, RotaryAngles angles, IAttentionPattern pattern, int layer, Tensor? rows)
    {
        using var scope = NewDisposeScope();
        var attended = attention.Forward(attentionNorm.Forward(x), angles, pattern, layer, rows);
        var stream = rows is null ? x : x.Rows(rows);
        var middle = is_grad_enabled() ? stream + attended : attended.add_(stream);
        var fed = feedForward.Forward(feedForwardNorm.Forward(middle));
        return (is_grad_enabled() ? middle + fed : fed.add_(middle)).MoveToOuterDisposeScope();
    }
}
