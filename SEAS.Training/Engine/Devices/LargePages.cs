using System.Runtime.InteropServices;

namespace SEAS.Training.Engine.Devices;

/// <summary>Asks the system to hand out memory in large pages, so that filling a gigabyte for the first time takes hundreds of
/// interruptions in place of hundreds of thousands.</summary>
/// <remarks>Advice that a system may pass over: then the memory comes in small pages, as before.</remarks>
internal static unsafe partial class LargePages
{
    private const int Advice = 14;   // MADV_HUGEPAGE in Linux's sys/mman.h

    /// <summary>Below this, memory comes from what the process holds already.</summary>
    private const int Least = 2 << 20;

    /// <param name="memory">Memory that nothing was written to yet.</param>
    public static void AskFor(Span<byte> memory)
    {
        if (!OperatingSystem.IsLinux() || memory.Length < Least)
        {
            return;
        }

        fixed (byte* first = memory)
        {
            // From the page where it begins to the page where it ends: the system takes whole pages only.
            var page = (nuint)Environment.SystemPageSize;
            var begin = (nuint)first / page * page;
            var end = ((nuint)first + (nuint)memory.Length + page - 1) / page * page;
            _ = Advise(begin, end - begin, Advice);   // a refusal changes nothing
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint address, nuint length, int advice);
}
