using System.Buffers.Binary;
using System.Text;

namespace SEAS.Training.Engine.Torch;

/// <summary>As much of a 64-bit ELF library as is needed to see which versions of other libraries it wants, and for what.</summary>
/// <remarks>Source: the System V ABI, chapters "Object files" and "Dynamic linking", and its symbol versions (Elf64_Verneed and
/// Elf64_Vernaux, section type SHT_GNU_verneed). All numbers are little-endian.</remarks>
internal sealed class ElfFile(byte[] bytes)
{
    private const int HeaderLength = 64;
    private const int SegmentLength = 56;
    private const int SectionLength = 64;
    private const uint DynamicSymbols = 11, Relocations = 4, VersionSymbols = 0x6fffffff, VersionNeeds = 0x6ffffffe;   // SHT_…
    private const ushort Weak = 2;

    /// <summary>Whether a file is a 64-bit ELF file that is as long as its table of sections and its segments say.</summary>
    public static bool IsWhole(string path)
    {
        var header = new byte[HeaderLength];
        using var file = File.OpenRead(path);
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength
            || !header.AsSpan(0, 5).SequenceEqual("\u007fELF\u0002"u8))
        {
            return false;
        }

        var segments = new byte[SegmentLength * Number(header, 0x38, 2)];
        file.Position = Number(header, 0x20, 8);
        return Number(header, 0x28, 8) + (SectionLength * Number(header, 0x3c, 2)) <= file.Length
            && file.ReadAtLeast(segments, segments.Length, throwOnEndOfStream: false) == segments.Length
            && segments.Chunk(SegmentLength).All(segment => Number(segment, 8, 8) + Number(segment, 0x20, 8) <= file.Length);
    }

    /// <summary>Where a version of another library is asked for.</summary>
    /// <returns>The place of the entry's flags and the entry's number, or null if it is not asked for.</returns>
    public (int FlagsAt, int Index)? Need(string version)
    {
        if (Section(VersionNeeds) is not { } needs)
        {
            return null;
        }

        var names = Section(needs.Link);
        for (int at = needs.Start, left = needs.Info; left > 0; left--)
        {
            var entry = at + (int)Number(bytes, at + 8, 4);
            for (var entries = Number(bytes, at + 2, 2); entries > 0; entries--)
            {
                if (string.Equals(Text(names.Start + (int)Number(bytes, entry + 8, 4)), version, StringComparison.Ordinal))
                {
                    return (entry + 4, (int)Number(bytes, entry + 6, 2));
                }

                entry += (int)Number(bytes, entry + 12, 4);
            }

            at += (int)Number(bytes, at + 12, 4);
        }

        return null;
    }

    /// <summary>The symbols of a version that something in the file refers to: those must be there when it is loaded.</summary>
    /// <param name="index">The version's number, from <see cref="Need"/>.</param>
    public IReadOnlyList<string> Used(int index)
    {
        var symbols = Section(DynamicSymbols) ?? throw new InvalidDataException("The library has no dynamic symbols.");
        var versions = Section(VersionSymbols) ?? throw new InvalidDataException("The library has no symbol versions.");
        var names = Section(symbols.Link);
        var referred = Sections().Where(section => section.Type == Relocations)
            .SelectMany(section => Enumerable.Range(0, section.Length / 24).Select(i => section.Start + (24 * i)))
            .Select(relocation => (int)Number(bytes, relocation + 12, 4))
            .ToHashSet();
        return [.. referred.Where(symbol => (Number(bytes, versions.Start + (2 * symbol), 2) & 0x7fff) == index)
            .Select(symbol => Text(names.Start + (int)Number(bytes, symbols.Start + (24 * symbol), 4)))];
    }

    /// <summary>Whether the entry is marked as one whose absence is no error.</summary>
    public bool IsWeak(int flagsAt) => (Number(bytes, flagsAt, 2) & Weak) != 0;

    /// <summary>Marks the entry so.</summary>
    public void MarkWeak(int flagsAt) =>
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(flagsAt), (ushort)(Number(bytes, flagsAt, 2) | Weak));

    private IEnumerable<(uint Type, int Start, int Length, int Link, int Info)> Sections() =>
        Enumerable.Range(0, (int)Number(bytes, 0x3c, 2)).Select(Section);

    private (uint Type, int Start, int Length, int Link, int Info)? Section(uint type) =>
        Sections().Where(section => section.Type == type).Select(section => ((uint, int, int, int, int)?)section).FirstOrDefault();

    private (uint Type, int Start, int Length, int Link, int Info) Section(int index)
    {
        var at = (int)Number(bytes, 0x28, 8) + (SectionLength * index);
        return ((uint)Number(bytes, at + 4, 4), (int)Number(bytes, at + 0x18, 8), (int)Number(bytes, at + 0x20, 8),
            (int)Number(bytes, at + 0x28, 4), (int)Number(bytes, at + 0x2c, 4));
    }

    private string Text(int at) => Encoding.ASCII.GetString(bytes.AsSpan(at, bytes.AsSpan(at).IndexOf((byte)0)));

    private static long Number(byte[] from, int at, int width) => width switch
    {
        2 => BinaryPrimitives.ReadUInt16LittleEndian(from.AsSpan(at)),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(from.AsSpan(at)),
        _ => BinaryPrimitives.ReadInt64LittleEndian(from.AsSpan(at)),
    };
}
