using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace SEAS.Training.Engine.Torch;

/// <summary>Runs loops of this program on libtorch's own computing threads.</summary>
/// <remarks>A second pool of threads beside libtorch's would fight it for the processors (docs/threads.md); these wait for work anyway while
/// the training thread does what only it can. By <c>torch_parallel_for</c> of the stable C interface.</remarks>
internal static unsafe partial class ComputeThreads
{
    /// <summary>Calls the body with parts of 0 … count − 1 that together are all of it, on several threads at once; returns when all are
    /// done.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="least">A part has at least so many, so that a few are not worth a second thread.</param>
    /// <param name="body">Gets the first of its part and the one behind the last. What it writes must belong to its part alone.</param>
    /// <exception cref="Exception">Whatever a part threw first; the other parts run to their end.</exception>
    public static void For(int count, int least, Action<int, int> body)
    {
        var work = new Work(body);
        var handle = GCHandle.Alloc(work);
        try
        {
            if (torch_parallel_for(0, count, least, &Run, GCHandle.ToIntPtr(handle)) != 0)
            {
                throw new ExternalException("libtorch refused to run a loop on its threads.");
            }
        }
        finally
        {
            handle.Free();
        }

        work.Failure?.Throw();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(long from, long to, nint context)
    {
        var work = (Work)GCHandle.FromIntPtr(context).Target!;
        try
        {
            work.Body((int)from, (int)to);
        }
#pragma warning disable CA1031 // An exception must not leave through native code; it is thrown again where the loop was asked for.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref work.Failure, ExceptionDispatchInfo.Capture(failure), null);
        }
    }

    [LibraryImport("torch_cpu")]
    private static partial int torch_parallel_for(
        long from, long to, long grain, delegate* unmanaged[Cdecl]<long, long, nint, void> body, nint context);

    private sealed class Work(Action<int, int> body)
    {
        public ExceptionDispatchInfo? Failure;

        public Action<int, int> Body => body;
    }
}
