using System.IO.Compression;
using System.Text;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Datasets.Import.Hostile;

/// <summary>A file that cannot be taken in, and what must be said of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Said">What the message says of it.</param>
/// <param name="Write">Writes it for a use; nothing large is held in memory.</param>
internal sealed record HostileFile(string Name, string Said, Action<Stream, ImportUse> Write)
{
    private static readonly Encoding s_utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private static readonly string s_blanks = new string(' ', (1 << 14) - 1) + "\n";

    /// <summary>By what is wrong with them.</summary>
    public static IReadOnlyDictionary<string, HostileFile> All { get; } = new Dictionary<string, HostileFile>(StringComparer.Ordinal)
    {
        ["Latin-1"] = Lines("0xE9", use => Encoding.Latin1.GetBytes(use.Line() + use.Raw("\"Caf\u00E9\""))),
        ["a null character"] = Lines("a null character", use => s_utf8.GetBytes(use.Line() + use.Raw("\"a\0b\""))),
        ["half a letter in UTF-8"] = Lines(
            "lone surrogate", use => [.. s_utf8.GetBytes(use.Line()), .. "{\"prompt\": \""u8, 0xED, 0xA0, 0xBD, .. "\"}\n"u8]),
        ["half a letter in UTF-16"] = Lines(
            "half a letter", use => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(use.Line()), 0x3D, 0xD8, (byte)'\n', 0]),
        ["half a letter in JSON"] = Lines("half of one", use => s_utf8.GetBytes(use.Line() + use.Raw("\"\\ud83d\""))),
        ["UTF-32"] = Lines("UTF-32", use => [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes(use.Line())]),
        ["a line of 100 MB"] = new("f.jsonl", "at most 16777216 letters", LongLine),
        ["deep JSON"] = Lines(
            "one whole JSON object", use => s_utf8.GetBytes(use.Line() + use.Raw(new string('[', 100_000) + new string(']', 100_000)))),
        ["JSON that never closes"] = Lines("one whole JSON object", use => s_utf8.GetBytes(use.Line() + use.Line()[..^3])),
        ["a quote that never closes"] = Table("is never closed", use => use.Table("\"open")),
        ["a quote that never closes over a megabyte"] = Table(
            "longer than 1048576 characters",
            use => use.Table() + use.Table("\"open") + string.Concat(Enumerable.Repeat("a,b\n", 300_000))),
        ["too few cells"] = Table(" found 1 on line 3", use => use.Table() + "1\n"),
        ["too many cells"] = Table("on line 3", use => use.Table() + string.Join(',', use.Cells) + ",more,more\n"),
        ["a zip of two files"] = new("f.zip", "2 files", (file, use) => Zip(file, use.Line(), blocks: 0, "a.jsonl", "b.jsonl")),
        ["a zip of a thousand files"] = new(
            "f.zip", "1000 entries", (file, use) => Zip(file, use.Line(), 0, [.. Enumerable.Range(0, 1000).Select(at => $"{at}.jsonl")])),
        ["a zip bomb"] = new("f.zip", "zip bomb", (file, use) => Zip(file, use.Line(), 80 << 6, "f.jsonl")),
        ["a gzip bomb"] = new("f.jsonl.gz", "zip bomb", (file, use) => Gzip(file, use.Line(), 80 << 6)),
        ["a gzip cut short"] = new("f.jsonl.gz", "cut short", (file, use) => Cut(file, part => Gzip(part, Many(use), 0), 12)),
        ["a zip cut short"] = new("f.zip", "cut short", (file, use) => Cut(file, part => Zip(part, Many(use), 0, "f.jsonl"), 30)),
    };

    private static HostileFile Lines(string said, Func<ImportUse, byte[]> content) =>
        new("f.jsonl", said, (file, use) => file.Write(content(use)));

    private static HostileFile Table(string said, Func<ImportUse, string> content) =>
        new("f.csv", said, (file, use) => file.Write(s_utf8.GetBytes(content(use))));

    private static string Many(ImportUse use) => string.Concat(Enumerable.Range(0, 2000).Select(at => use.Line($"{at}")));

    private static void LongLine(Stream file, ImportUse use)
    {
        var block = s_utf8.GetBytes(new string('a', 1 << 20));
        file.Write(s_utf8.GetBytes(use.Line() + "{\"prompt\": \""));
        for (var at = 0; at < 100; at++)
        {
            file.Write(block);
        }
    }

    // A row, and blank lines of 16 KiB, which are passed over.
    private static void Fill(Stream content, string row, int blocks)
    {
        var blanks = s_utf8.GetBytes(s_blanks);
        content.Write(s_utf8.GetBytes(row));
        for (var at = 0; at < blocks; at++)
        {
            content.Write(blanks);
        }
    }

    private static void Gzip(Stream file, string row, int blocks)
    {
        using var packed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
        Fill(packed, row, blocks);
    }

    private static void Zip(Stream file, string row, int blocks, params string[] names)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var name in names)
        {
            using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
            Fill(entry, row, blocks);
        }
    }

    private static void Cut(Stream file, Action<Stream> write, int bytes)
    {
        using var whole = new MemoryStream();
        write(whole);
        file.Write(whole.ToArray().AsSpan(0, (int)whole.Length - bytes));
    }
}
