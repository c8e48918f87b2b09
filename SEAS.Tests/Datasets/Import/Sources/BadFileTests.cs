using System.IO.Compression;
using System.Text;
using SEAS.Data.Datasets.Import;
using SEAS.Tests.Datasets.Import.Formats;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live;

namespace SEAS.Tests.Datasets.Import.Sources;

public sealed class BadFileTests : IDisposable
{
    private const string Row = "{\"prompt\": \"Paint a door\", \"category\": \"Role_Play\"}\n";

    private readonly FormatFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_byte_that_is_not_UTF_8_is_named_with_its_place()
    {
        var path = _files.Write("latin.txt", Encoding.Latin1.GetBytes("Paint a door\nOpen a caf\u00E9\n"));

        var message = FormatFolder.Refusal(path);

        Assert.Contains("0xE9", message, StringComparison.Ordinal);
        Assert.Contains("at byte 23 (line 2)", message, StringComparison.Ordinal);
        Assert.Contains("Save the file as UTF-8", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_place_is_right_beyond_the_first_block_and_behind_a_mark()
    {
        var bytes = new List<byte>([0xEF, 0xBB, 0xBF]);
        for (var line = 0; line < 20_000; line++)
        {
            bytes.AddRange("Paint a dör\n"u8);
        }

        var at = bytes.Count;
        bytes.AddRange([0xC3, (byte)'\n']);

        Assert.Contains(
            FormattableString.Invariant($"at byte {at} (line 20001)"), FormatFolder.Refusal(_files.Write("f.txt", [.. bytes])),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 0xED, 0xA0, 0xBD, (byte)'\n' }, "lone surrogate")]
    [InlineData(new byte[] { 0xE2, 0x82 }, "0xE2")]
    [InlineData(new byte[] { (byte)'a', 0, (byte)'b', (byte)'\n' }, "null character at byte 1 (line 1)")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0, 0x3D, 0xD8, (byte)'\n', 0 }, "half a letter")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0, 0x00, 0xDC }, "half a letter")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0, (byte)'b' }, "half a letter")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0, 0, (byte)'a', 0, 0, 0 }, "UTF-32")]
    public void What_is_no_text_is_refused(byte[] bytes, string said) =>
        Assert.Contains(said, FormatFolder.Refusal(_files.Write("f.txt", bytes)), StringComparison.Ordinal);

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    public void Encodings_that_can_be_told_are_read_alike(string name, bool marked)
    {
        var encoding = Encoding.GetEncoding(name);
        const string Text = "prompt,category\nPaint a d\u00F6r \U0001F6AA,Houses\n";
        byte[] bytes = [.. marked ? encoding.GetPreamble() : [], .. encoding.GetBytes(Text)];

        using var file = DatasetFile.Open(_files.Write("f.csv", bytes));

        Assert.Equal("Paint a d\u00F6r \U0001F6AA", Assert.Single(file.Rows()).Row!.Prompt);
    }

    [Fact]
    public void Letters_and_line_ends_that_lie_across_blocks_are_whole()
    {
        // Every offset of a four-byte letter and of a CR LF against the blocks of 64 KiB.
        for (var shift = 0; shift < 6; shift++)
        {
            var line = new string('a', 65_530 + shift) + "\U0001F6AA";
            var (_, rows) = _files.Read("f.txt", line + "\r\nnext\r\n");

            Assert.Equal([line, "next"], rows.Select(row => row.Prompt));
        }
    }

    [Fact]
    public void A_line_that_never_ends_is_refused_in_bounded_memory()
    {
        var path = Path.Combine(Path.GetDirectoryName(_files.Write("x", ""))!, "long.jsonl");
        using (var file = File.CreateText(path))
        {
            file.Write("{\"prompt\": \"");
            for (var block = 0; block < 100; block++)
            {
                file.Write(new string('a', 1 << 20));
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = FormatFolder.Refusal(path);

        Assert.Contains("at most 16777216 letters", message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 200L << 20, "More was allocated than a line may have.");
    }

    [Theory]
    [InlineData("f.json", "[", "]")]
    [InlineData("f.jsonl", "{\"a\":", "}")]
    public void Nesting_without_end_is_one_bad_row(string name, string open, string close)
    {
        var deep = string.Concat(Enumerable.Repeat(open, 100_000)) + "1" + string.Concat(Enumerable.Repeat(close, 100_000));
        var text = name == "f.json" ? $"[{Row.Trim()}, {deep}, {Row.Trim()}]" : Row + deep + "\n" + Row;
        using var file = DatasetFile.Open(_files.Write(name, text));
        var rows = file.Rows().ToList();

        Assert.Equal([true, false, true], rows.Select(row => row.Row is not null));
        Assert.Equal(2, rows[1].Problem!.Row);
    }

    [Fact]
    public void A_quote_that_is_never_closed_and_rows_of_other_widths_are_named()
    {
        var problems = _files.Problems("f.csv", "prompt,category\nA,B\nA\nA,B,C\nA,B\n\"A,B\nC,D\n");

        Assert.Equal([3, 4, 6], problems.Select(problem => problem.Row));
        Assert.Contains("found 1 on line 3", problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("found 3 on line 4", problems[1].Message, StringComparison.Ordinal);
        Assert.Contains("line 6 is never closed", problems[2].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{\"prompt\": \"a\"}, {\"prompt\": \"b\"}", "an array that is closed")]
    [InlineData("[{\"prompt\": \"a\"}] x", "nothing after the array's end")]
    public void An_array_that_is_cut_or_followed_by_something_is_refused(string text, string said) =>
        Assert.Contains(said, FormatFolder.Refusal(_files.Write("f.json", text)), StringComparison.Ordinal);

    [Fact]
    public void A_gzip_file_is_read_and_one_that_was_cut_short_or_changed_is_refused()
    {
        var bytes = Gzipped(string.Concat(Enumerable.Repeat(Row, 20_000)));
        using (var file = DatasetFile.Open(_files.Write("good.jsonl.gz", bytes)))
        {
            Assert.Equal(20_000, file.Rows().Count(row => row.Row is not null));
        }

        foreach (var cut in new[] { 1, 4, 8, 9, bytes.Length / 2, bytes.Length - 20 })
        {
            Assert.Contains(
                "cut short", FormatFolder.Refusal(_files.Write("cut.jsonl.gz", bytes[..^cut])), StringComparison.Ordinal);
        }

        bytes[bytes.Length / 2] ^= 0x55;
        Assert.Contains("Expected: ", FormatFolder.Refusal(_files.Write("changed.jsonl.gz", bytes)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_within_the_packing_tells_what_a_file_without_a_sign_is()
    {
        using var file = DatasetFile.Open(_files.Write("MaliciousInstruct.txt.gz", Gzipped("Paint a door\n")));

        Assert.Equal("MaliciousInstruct", file.Format);
    }

    private static byte[] Gzipped(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
