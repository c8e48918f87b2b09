using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace SEAS.Training.ModelFiles;

/// <summary>The memory of a contiguous tensor on the CPU, piece by piece: a span ends at 2 GiB, and several threads can fill several
/// pieces.</summary>
/// <param name="whole">The tensor; it must outlive this.</param>
internal sealed class TensorPieces(Tensor whole)
{
    /// <summary>Numbers in a piece, but for the last one.</summary>
    public const int Numbers = 1 << 20;

    private const int MostThreads = 8;   // beyond, memory is the limit

    private readonly long _count = whole.NumberOfElements;

    /// <summary>How many there are.</summary>
    public int Count => (int)((_count + Numbers - 1) / Numbers);

    /// <summary>The first number of a piece, counted from the tensor's own.</summary>
    public static long First(int piece) => (long)piece * Numbers;

    /// <summary>A piece's memory.</summary>
    public Span<byte> this[int piece]
    {
        get
        {
            using var scope = NewDisposeScope();
            return whole.view(-1).narrow(0, First(piece), Math.Min(Numbers, _count - First(piece))).bytes;
        }
    }

    /// <summary>Does something with each piece, on several threads if there are several; the first error is passed on as it is.</summary>
    public void ForEach(Action<int> work)
    {
        if (Count <= 1)
        {
            for (var piece = 0; piece < Count; piece++)
            {
                work(piece);
            }

            return;
        }

        try
        {
            var threads = new ParallelOptions { MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, MostThreads) };
            Parallel.For(0, Count, threads, work);
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }
}
