using TorchSharp;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Torch;

/// <summary>Takes rows of a tensor by number.</summary>
internal static class RowSelection
{
    /// <summary>The given rows in the given order.</summary>
    /// <param name="x">(N, …).</param>
    /// <param name="rows">(R), int64, each in [0, N).</param>
    /// <returns>(R, …), with gradient where <paramref name="x"/> has one.</returns>
    /// <remarks><c>index_select</c>, whose way back is several times as fast as that of <c>index</c>. The meta device, on which every
    /// tensor's device is checked without having that device, knows <c>index</c> alone.</remarks>
    public static Tensor Rows(this Tensor x, Tensor rows) =>
        x.device_type == DeviceType.META ? x.index(TensorIndex.Tensor(rows)) : x.index_select(0, rows);
}
