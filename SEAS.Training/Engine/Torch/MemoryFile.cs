using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SEAS.Training.Engine.Torch;

/// <summary>A file that exists in memory alone, for the lifetime of the process: what is loaded from it was never on a disk.</summary>
internal static partial class MemoryFile
{
    private const uint CloseOnExec = 1;   // MFD_CLOEXEC of Linux's sys/mman.h

    /// <summary>Creates it.</summary>
    /// <param name="name">Shown in the process's list of mappings.</param>
    /// <param name="content">What it holds.</param>
    /// <returns>A path under which this process can open it.</returns>
    /// <exception cref="TorchUnavailableException">The system does not give such files.</exception>
    public static string Create(string name, ReadOnlySpan<byte> content)
    {
        var descriptor = memfd_create(name, CloseOnExec);
        if (descriptor < 0)
        {
            throw new TorchUnavailableException(
                $"the system refused a file in memory for {name} (memfd_create: error {Marshal.GetLastPInvokeError()}). It needs Linux "
                + "3.17 or newer, and a sandbox that allows memfd_create.");
        }

        // The handle stays open: the mapping lives as long as the process, and so does the path.
        using var handle = new SafeFileHandle(descriptor, ownsHandle: false);
        RandomAccess.Write(handle, content, 0);
        return string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}");
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int memfd_create(string name, uint flags);
}
