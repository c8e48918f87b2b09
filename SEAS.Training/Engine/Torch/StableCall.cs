using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Torch;

/// <summary>One call of an operator of libtorch that TorchSharp does not offer, or offers slowly.</summary>
/// <remarks>
/// Through the stable C interface that libtorch exports for extensions which are not compiled against its headers (torch/csrc/stable and
/// torch/csrc/inductor/aoti_torch/c/shim.h of PyTorch 2.10). A stack holds a 64-bit slot an argument, in the order of the operator's
/// schema: a float by its bits, an int or bool by value, an absent optional as 0, a tensor or a list as a handle which the call takes
/// over. Calls go through the dispatcher, so gradients and devices behave as in any other call; an error is an exception.
/// </remarks>
/// <param name="name">The operator's name with its namespace, for example <c>aten::_fused_adamw_</c>.</param>
/// <param name="overload">The overload's name; empty for the first.</param>
internal sealed unsafe partial class StableCall(string name, string overload = "")
{
    private const ulong Version = (2UL << 56) | (10UL << 48);   // of the interface that the slots are written for
    private const string Library = "torch_cpu";

    /// <summary>Calls an operator that changes its arguments and returns nothing.</summary>
    /// <param name="arguments">One slot each, from the conversions below.</param>
    /// <exception cref="ExternalException">libtorch refused the call.</exception>
    public void Run(params ReadOnlySpan<ulong> arguments)
    {
        var stack = stackalloc ulong[Math.Max(1, arguments.Length)];
        arguments.CopyTo(new Span<ulong>(stack, arguments.Length));
        Checked(torch_call_dispatcher(name, overload, stack, Version), name);
    }

    /// <summary>Calls an operator that returns one tensor.</summary>
    /// <returns>The tensor; it belongs to the caller's scope.</returns>
    /// <exception cref="ExternalException">libtorch refused the call.</exception>
    public Tensor Tensor(params ReadOnlySpan<ulong> arguments)
    {
        var stack = stackalloc ulong[Math.Max(1, arguments.Length)];
        arguments.CopyTo(new Span<ulong>(stack, arguments.Length));
        Checked(torch_call_dispatcher(name, overload, stack, Version), name);
        return TorchSharp.torch.Tensor.UnsafeCreateTensor((nint)stack[0]);
    }

    /// <summary>A tensor as an argument.</summary>
    public static ulong Of(Tensor tensor)
    {
        Checked(aoti_torch_new_tensor_handle(tensor.Handle, out var handle), "aoti_torch_new_tensor_handle");
        GC.KeepAlive(tensor);
        return (ulong)handle;
    }

    /// <summary>A number as an argument.</summary>
    public static ulong Of(double number) => BitConverter.DoubleToUInt64Bits(number);

    /// <summary>Yes or no as an argument.</summary>
    public static ulong Of(bool value) => value ? 1UL : 0;

    /// <summary>An optional argument that is left out.</summary>
    public const ulong None = 0;

    /// <summary>A list of tensors as an argument.</summary>
    public static ulong Of(IReadOnlyCollection<Tensor> tensors)
    {
        Checked(torch_new_list_reserve_size((nuint)tensors.Count, out var list), nameof(torch_new_list_reserve_size));
        foreach (var tensor in tensors)
        {
            Checked(torch_list_push_back(list, Of(tensor)), nameof(torch_list_push_back));
        }

        return (ulong)list;
    }

    private static void Checked(int result, string what)
    {
        if (result != 0)
        {
            throw new ExternalException($"libtorch refused {what}: its arguments do not fit, or this libtorch has no such operator.");
        }
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int torch_call_dispatcher(string name, string overload, ulong* stack, ulong version);

    [LibraryImport(Library)]
    private static partial int aoti_torch_new_tensor_handle(nint tensor, out nint handle);

    [LibraryImport(Library)]
    private static partial int torch_new_list_reserve_size(nuint size, out nint list);

    [LibraryImport(Library)]
    private static partial int torch_list_push_back(nint list, ulong element);
}
