using System.Buffers.Binary;
using System.IO.Compression;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Import.Sources;

/// <summary>Opens the one file in a zip file. Names in it are shown and never used as paths.</summary>
internal static class ZipOfOne
{
    private const uint EndOfDirectory = 0x06054B50;
    private const int EndLength = 22;
    private const int LongestComment = ushort.MaxValue;

    // What a desktop adds to one file (folders, its own notes) fits; a zip of many files is refused before its directory is read.
    private const int MostEntries = 64;
    private const int LargestDirectory = 1 << 16;

    /// <summary>The entry and the archive, which is to be disposed after it.</summary>
    /// <exception cref="SourceFault">It is damaged, or holds several files or none.</exception>
    public static (ZipArchive Archive, ZipArchiveEntry Entry) Open(Stream file)
    {
        RequireFew(file);
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var files = archive.Entries.Where(entry => !IsNote(entry.FullName)).ToList();
            if (files is not [var only])
            {
                throw Refused(files.Count == 0
                    ? "a zip file with no file in it"
                    : $"an Excel or zip file with {files.Count} files: {Names(files)}");
            }

            return (archive, only);
        }
        catch (InvalidDataException error)
        {
            archive?.Dispose();
            throw Damaged(error);
        }
        catch
        {
            archive?.Dispose();
            throw;
        }
    }

    public static SourceFault Damaged(Exception cause) =>
        new("a whole zip file", $"a damaged one ({cause.Message.TrimEnd('.')})", "Get the file again.", cause);

    // A folder, or what macOS puts beside each file.
    private static bool IsNote(string name) =>
        name.EndsWith('/')
        || name.StartsWith("__MACOSX/", StringComparison.Ordinal)
        || name.EndsWith(".DS_Store", StringComparison.Ordinal);

    private static string Names(List<ZipArchiveEntry> files) =>
        string.Join(", ", files.Take(5).Select(file => $"'{Shown.Shortly(file.FullName)}'")) + (files.Count > 5 ? " …" : "");

    private static SourceFault Refused(string found) =>
        new("a zip file with one text file in it", found, "Take the file out that you want, and import it alone.");

    private static void RequireFew(Stream file)
    {
        var tail = new byte[(int)Math.Min(file.Length, EndLength + LongestComment)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        for (var at = tail.Length - EndLength; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) != EndOfDirectory)
            {
                continue;
            }

            var entries = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10));
            var size = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 12));
            var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
            var end = file.Length - tail.Length + at;
            if (entries > MostEntries || size > LargestDirectory)
            {
                throw Refused(
                    entries == ushort.MaxValue ? "a zip file of the kind for very many files" : $"a zip file with {entries} entries");
            }

            if (start + size > end || end - start > LargestDirectory)
            {
                throw new SourceFault("a whole zip file", "one whose directory is not where it says", "Get the file again.");
            }

            file.Position = 0;
            return;
        }

        throw new SourceFault("a whole zip file", "an Excel or zip file without its end, as if it were cut short", "Get the file again.");
    }
}
