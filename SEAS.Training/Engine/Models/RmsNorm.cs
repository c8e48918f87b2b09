using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>Scales each token's vector to unit root mean square, then by a learned gain.</summary>
/// <remarks>
/// <code>y = w · x / √(mean(x²) + ε)</code>
/// Source: Zhang and Sennrich 2019, arXiv:1910.07467, eq. 4. The mean square is taken from the Euclidean norm, ‖x‖² / D, because its
/// backward pass touches the vector once where that of a power touches it three times.
/// </remarks>
internal sealed class RmsNorm(Parameter weight, double eps)
{
    /// <param name="x">Any number of tokens: (N, D).</param>
    public Tensor Forward(Tensor x)
    {
        var width = x.shape[^1];
        var scale = x.norm(-1, keepdim: true).square().div_(width).add_(eps).rsqrt_();   // (N, 1)
        var unit = x * scale;                                                            // (N, D)
        return is_grad_enabled() ? unit * weight : unit.mul_(weight);
    }
}
