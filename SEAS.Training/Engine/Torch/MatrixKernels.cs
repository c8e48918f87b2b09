using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace SEAS.Training.Engine.Torch;

/// <summary>Chooses the kernels with which libtorch multiplies matrices.</summary>
/// <remarks>
/// The MKL inside libtorch asks a function of its own, <c>mkl_serv_intel_cpu_true</c>, whether the processor is Intel's, and takes its AVX2
/// kernels on any other, whatever the processor can do. libtorch exports that function, so one of the same name that was loaded before is
/// called in its place. Here a library of one function that returns 1 is made in memory and loaded first; MKL then looks at what the
/// processor offers, as on Intel's. Twice as fast on AMD's with AVX-512 (docs/threads.md). No file is changed.
/// <c>SEAS_KERNELS=libtorch</c> leaves libtorch its own choice.
/// </remarks>
internal static partial class MatrixKernels
{
    /// <summary>The environment variable: <c>widest</c> (the default) or <c>libtorch</c>.</summary>
    internal const string Setting = "SEAS_KERNELS";

    private const string Function = "mkl_serv_intel_cpu_true";
    private const int Now = 2, Global = 0x100;   // RTLD_NOW, RTLD_GLOBAL

    /// <summary>What was chosen, for people.</summary>
    internal static string Chosen { get; private set; } = "libtorch's own choice";

    /// <summary>Makes the choice; call it before libtorch is loaded.</summary>
    public static void Prepare()
    {
        var wanted = Environment.GetEnvironmentVariable(Setting);
        if (wanted is not (null or "" or "widest" or "libtorch"))
        {
            throw new TorchUnavailableException($"{Setting} is \"{wanted}\"; it may be \"widest\" (the default) or \"libtorch\".");
        }

        if (string.Equals(wanted, "libtorch", StringComparison.Ordinal))
        {
            Chosen = $"libtorch's own choice ({Setting}=libtorch)";
        }
        else if (X86Base.IsSupported && !IsIntel())
        {
            var library = dlopen(MemoryFile.Create("libseaskernels.so", OneFunction(Function, [0xb8, 1, 0, 0, 0, 0xc3])), Now | Global);
            Chosen = library == 0
                ? "libtorch's own choice (the widest could not be asked for)"
                : $"the widest of this processor ({(Avx512F.IsSupported ? "AVX-512" : "AVX2")})";
        }
    }

    private static bool IsIntel()
    {
        var (_, b, c, d) = X86Base.CpuId(0, 0);
        Span<byte> name = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(name, b);
        BinaryPrimitives.WriteInt32LittleEndian(name[4..], d);
        BinaryPrimitives.WriteInt32LittleEndian(name[8..], c);
        return name.SequenceEqual("GenuineIntel"u8);
    }

    /// <summary>A shared library of one function, as an ELF file for x86-64.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="code">Its instructions.</param>
    /// <remarks>One page to read and run (header, hash, symbols, names, code), one to write (the dynamic section). Source: System V ABI,
    /// "Object files" and "Dynamic linking".</remarks>
    internal static byte[] OneFunction(string name, ReadOnlySpan<byte> code)
    {
        const int Page = 0x1000, Headers = 64 + (4 * 56), Hash = Headers, Symbols = Hash + 24, Names = Symbols + 48, Code = 0x200;
        var bytes = new byte[Page + (6 * 16)];
        var names = Encoding.ASCII.GetBytes("\0" + name + "\0");
        if (Names + names.Length > Code)
        {
            throw new ArgumentException($"The name has {name.Length} letters; there is room for {Code - Names - 2}.", nameof(name));
        }

        // The file's header: 64 bits, little-endian, a shared object for x86-64, four program headers.
        "\u007fELF\u0002\u0001\u0001"u8.CopyTo(bytes);
        Put(0x10, 3 | (62 << 16));
        Put(0x14, 1);
        Put(0x20, 64);
        Put(0x34, 64 | (56 << 16));
        Put(0x38, 4);

        Segment(0, type: 1, flags: 5, at: 0, length: Page);                          // PT_LOAD, read and run
        Segment(1, type: 1, flags: 6, at: Page, length: 6 * 16);                     // PT_LOAD, read and write
        Segment(2, type: 2, flags: 6, at: Page, length: 6 * 16);                     // PT_DYNAMIC
        Segment(3, type: 0x6474e551, flags: 6, at: 0, length: 0);                    // PT_GNU_STACK: not to be run

        // One bucket, two symbols: the empty one and the function.
        Put(Hash, 1);
        Put(Hash + 4, 2);
        Put(Hash + 8, 1);
        Put(Symbols + 24, 1);                                                        // its name
        Put(Symbols + 28, 0x12 | (1 << 16));                                         // global, a function, in some section
        Put(Symbols + 32, Code);
        Put(Symbols + 40, code.Length);
        names.CopyTo(bytes, Names);
        code.CopyTo(bytes.AsSpan(Code));

        var entry = Page;
        foreach (var (tag, value) in (ReadOnlySpan<(int, int)>)[(4, Hash), (5, Names), (6, Symbols), (10, names.Length), (11, 24), (0, 0)])
        {
            Put(entry, tag);                                                         // DT_HASH, STRTAB, SYMTAB, STRSZ, SYMENT, NULL
            Put(entry + 8, value);
            entry += 16;
        }

        return bytes;

        void Put(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);

        void Segment(int index, int type, int flags, int at, int length)
        {
            var header = 64 + (56 * index);
            Put(header, type);
            Put(header + 4, flags);
            foreach (var place in (ReadOnlySpan<int>)[8, 16, 24])                    // in the file, in memory, in memory again
            {
                Put(header + place, at);
            }

            Put(header + 32, length);
            Put(header + 40, length);
            Put(header + 48, Page);
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint dlopen(string file, int flags);
}
