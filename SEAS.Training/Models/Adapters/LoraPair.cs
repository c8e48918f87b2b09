using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SEAS.Training.Models;

/// <summary>One projection's adapter.</summary>
/// <param name="A">Down to the rank: (r, in).</param>
/// <param name="B">Up again: (out, r); zero at first, so that an adapter begins by changing nothing.</param>
/// <param name="Scale">α / r.</param>
internal sealed record LoraPair(Parameter A, Parameter B, double Scale)
{
    /// <summary>What it adds to the projection of x: (N, in) to (N, out).</summary>
    public Tensor Delta(Tensor x) => nn.functional.linear(nn.functional.linear(x, A), B) * Scale;

    /// <summary>What it adds to the matrix: (out, in).</summary>
    public Tensor Product() => B.mm(A) * Scale;
}
