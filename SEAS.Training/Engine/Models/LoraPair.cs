using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>One projection's adapter.</summary>
/// <param name="A">Down to the rank: (r, in).</param>
/// <param name="B">Up again: (out, r); zero at first, so that an adapter begins by changing nothing.</param>
/// <param name="Scale">α / r.</param>
internal sealed record LoraPair(Parameter A, Parameter B, double Scale) : IDisposable
{
    /// <summary>What it adds to the projection of x: (N, in) to (N, out).</summary>
    public Tensor Delta(Tensor x) => nn.functional.linear(nn.functional.linear(x, A), B) * Scale;

    /// <summary>What it adds to the matrix: (out, in).</summary>
    public Tensor Product() => B.mm(A) * Scale;

    /// <summary>This and another one on the same projection, as one that learns no more: the ranks add up.</summary>
    /// <param name="other">The other; null for none.</param>
    public LoraPair Join(LoraPair? other)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        return other is null
            ? new LoraPair(Kept(A.detach().clone()), Kept(B.detach().clone()), Scale)
            : new LoraPair(Kept(cat([A, other.A], 0)), Kept(cat([B, other.B * (other.Scale / Scale)], 1)), Scale);

        static Parameter Kept(Tensor numbers)
        {
            var parameter = nn.Parameter(numbers, requires_grad: false);
            parameter.DetachFromDisposeScope();
            return parameter;
        }
    }

    /// <summary>Frees the matrices.</summary>
    public void Dispose()
    {
        A.Dispose();
        B.Dispose();
    }
}
