using System.Runtime.InteropServices;

namespace SEAS.Training.Engine.Torch;

/// <summary>Lets TorchSharp's native part load beside a C++ library that is a little older than the one it was linked with.</summary>
/// <remarks>
/// TorchSharp 0.107 was linked by GCC 13, whose header &lt;iostream&gt; names the symbol <c>std::ios_base_library_init</c> of version
/// GLIBCXX_3.4.32. Nothing in the file refers to it, so nothing is ever called through it, but the loader refuses a library that asks for
/// a version which is not there, unless the request is marked weak. Debian 12 ends at 3.4.30. The mark is set in a copy in memory; the
/// package's file stays as it is. Remove this file, and ElfFile, when no supported system needs it
/// (docs/decisions/0071-older-cpp-library.md).
/// </remarks>
internal static partial class VersionNeed
{
    private const string Version = "GLIBCXX_3.4.32";
    private const string Symbol = "_ZSt21ios_base_library_initv";

    /// <summary>The file to load in place of the given one, and what was done, for people.</summary>
    /// <exception cref="TorchUnavailableException">The file truly needs what this system does not have.</exception>
    public static (string File, string How) Fit(string binding)
    {
        var library = NativeLibrary.Load("libstdc++.so.6");
        if (dlvsym(library, Symbol, Version) != 0)
        {
            return (binding, "as it comes");
        }

        var bytes = File.ReadAllBytes(binding);
        return Weaken(bytes)
            ? (MemoryFile.Create("libLibTorchSharp.so", bytes), $"with its unused request for {Version} marked weak")
            : (binding, "as it comes");
    }

    /// <summary>Marks the request weak after making sure that nothing depends on it, and looks at the result.</summary>
    /// <param name="bytes">The file; the mark is set in it.</param>
    /// <param name="version">Which version it asks for.</param>
    /// <returns>False when the file makes no such request.</returns>
    /// <exception cref="TorchUnavailableException">Something in the file needs that version.</exception>
    internal static bool Weaken(byte[] bytes, string version = Version)
    {
        var file = new ElfFile(bytes);
        if (file.Need(version) is not var (flags, index))
        {
            return false;
        }

        if (file.Used(index) is { Count: > 0 } used)
        {
            throw new TorchUnavailableException(
                $"TorchSharp's native part calls {string.Join(", ", used.Take(3))} of {version}, which this system's C++ library lacks. "
                + "Expected: Debian 13, Ubuntu 24.04 or newer for this version of TorchSharp.");
        }

        file.MarkWeak(flags);
        return file.Need(version) is var (again, _) && again == flags && file.IsWeak(again)
            ? true
            : throw new InvalidOperationException($"{version} was marked weak, and the mark could not be read back.");
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint dlvsym(nint library, string symbol, string version);
}
