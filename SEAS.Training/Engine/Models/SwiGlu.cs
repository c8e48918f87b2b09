using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>The feed-forward part: a gated product of two projections, projected back.</summary>
/// <remarks><code>y = W_down (silu(W_gate x) ⊙ W_up x)</code> Source: Shazeer 2020, arXiv:2002.05202, eq. 6.</remarks>
internal sealed class SwiGlu(Projection gate, Projection up, Projection down)
{
    /// <param name="x">Normed tokens: (N, D).</param>
    public Tensor Forward(Tensor x)
    {
        var opened = gate.Forward(x);                    // (N, I)
        var carried = up.Forward(x);                     // (N, I)
        var gated = is_grad_enabled() ? opened.silu() * carried : opened.silu_().mul_(carried);
        return down.Forward(gated);                      // (N, D)
    }
}
