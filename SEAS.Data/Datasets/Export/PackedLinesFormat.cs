using SEAS.Data.Datasets.Frozen;
using ZstdSharp;

namespace SEAS.Data.Datasets.Export;

/// <summary>The frozen files as lines of JSON, each packed by Zstandard (RFC 8878).</summary>
internal static class PackedLinesFormat
{
    /// <summary>What their names end with after the names of the lines.</summary>
    public const string Ending = ".zst";

    // Zstandard's own choice between speed and size.
    private const int Level = 3;

    public static IEnumerable<ExportEntry> Entries() => FrozenLinesFormat.Entries().Select(lines =>
        lines with { Name = lines.Name + Ending, Frozen = null, Write = (source, output) => Write(lines, source, output), Sample = lines.Write });

    private static void Write(ExportEntry entry, ExportSource source, EntryOutput output)
    {
        using var stream = new EntryStream(output);
        using var packed = new CompressionStream(stream, Level, leaveOpen: true);
        using var lines = new EntryOutput(packed) { RowWritten = output.EndRow };
        entry.Write(source, lines);
        lines.Finish(entry.Name);
    }
}
