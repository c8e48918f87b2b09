using System.ComponentModel;
using System.Runtime.InteropServices;

namespace SEAS.Data.Storage;

/// <summary>Hands a folder's list of names to the disk: after a power cut, a file that was renamed has its new name.</summary>
/// <remarks>Windows writes names through by itself and has no such call.</remarks>
public static partial class FolderFlush
{
    private const int OnlyRead = 0;

    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public static void ToDisk(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, OnlyRead);
        try
        {
            if (handle < 0 || Flush(handle) != 0)
            {
                var reason = new Win32Exception(Marshal.GetLastPInvokeError()).Message;
                throw new IOException($"The folder {folder} cannot be handed to the disk: {reason}.");
            }
        }
        finally
        {
            if (handle >= 0)
            {
                _ = Close(handle);   // what mattered is done, or is in the exception
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
