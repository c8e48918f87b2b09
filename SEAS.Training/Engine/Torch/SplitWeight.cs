using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Torch;

/// <summary>A bfloat16 parameter and what its rounding leaves out: together the float32 number that an optimizer works on.</summary>
/// <remarks>
/// <para>A step of 1e-6 is lost in a bfloat16 weight of 0.1, whose neighbours are 0.0005 apart; many such steps are not lost if what is too
/// small for the weight is kept beside it. A bfloat16 is the upper half of a float32's bits, so the lower half is enough: 2 bytes a weight
/// in place of the 4 of a whole float32 copy, and nothing is less exact.</para>
/// <para>The weight is the float32 number rounded to the nearest, halves away from zero; the lower half, as a whole number with a sign,
/// is then the difference of the two numbers' bits.</para>
/// </remarks>
internal sealed class SplitWeight : IDisposable
{
    private const int Half = 1 << 15;        // of what the lower half counts to
    private const int Upper = 1 << 16;       // what the upper half counts by
    private const ulong AsInt16 = 2, AsInt32 = 3, AsFloat32 = 6;   // libtorch's numbers of these types

    private static readonly StableCall s_view = new("aten::view", "dtype");

    private readonly Tensor _upper;   // the parameter's own memory as int16: (n)
    private readonly Tensor _lower;   // (n), int16

    /// <param name="parameter">A bfloat16 parameter, contiguous; its float32 number is at first what it is.</param>
    public SplitWeight(Parameter parameter)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        _upper = As(parameter.detach().view(-1), AsInt16).DetachFromDisposeScope();
        _lower = _upper.zeros_like().DetachFromDisposeScope();
    }

    /// <summary>What the parameter's rounding leaves out, as int16: (n). With the parameter it is the whole number.</summary>
    public Tensor Lower => _lower;

    /// <summary>Some of the float32 numbers: a copy, in the caller's scope.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="length">How many.</param>
    public Tensor Read(long first, long length)
    {
        using var scope = NewDisposeScope();
        var bits = _upper.narrow(0, first, length).type(int32).mul_(Upper).add_(_lower.narrow(0, first, length).type(int32));
        return As(bits, AsFloat32).MoveToOuterDisposeScope();
    }

    /// <summary>Puts numbers back: the parameter rounds them, and what that leaves out is kept.</summary>
    /// <param name="first">The place of the first.</param>
    /// <param name="numbers">float32, one axis, contiguous.</param>
    public void Write(long first, Tensor numbers)
    {
        using var scope = NewDisposeScope();
        var length = numbers.shape[0];
        _ = _lower.narrow(0, first, length).copy_(Halves(numbers).select(1, 0));
        _ = _upper.narrow(0, first, length).copy_(Halves(As(numbers, AsInt32).add(Half)).select(1, 1));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _upper.Dispose();
        _lower.Dispose();
    }

    // The lower half comes first in memory on every system that libtorch is built for.
    private static Tensor Halves(Tensor numbers) => As(numbers, AsInt16).view(-1, 2);

    private static Tensor As(Tensor tensor, ulong type) => s_view.Tensor(StableCall.Of(tensor), type);
}
