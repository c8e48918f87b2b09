using System.IO.Compression;
using System.Text;
using SEAS.Data.Datasets.Import;
using SEAS.Tests.Datasets.Import.Formats;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Datasets.Import.Sources;

public sealed class ZipTests : IDisposable
{
    private const string Rows = "prompt,category\nPaint a door,Role_Play\n";

    private readonly FormatFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("rows.csv")]
    [InlineData("../../rows.csv")]
    [InlineData("/etc/rows.csv")]
    [InlineData("..\\..\\rows.csv")]
    public void The_one_file_of_a_zip_is_read_whatever_its_name_points_to(string name)
    {
        var path = _files.Write("f.zip", Zip((name, Rows)));

        using var file = DatasetFile.Open(path);

        Assert.Equal("Paint a door", Assert.Single(file.Rows()).Row!.Prompt);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));   // nothing was unpacked anywhere
        Assert.Equal(64, file.Sha256().Length);
    }

    [Fact]
    public void What_a_desktop_adds_does_not_count()
    {
        using var file = DatasetFile.Open(_files.Write("f.zip", Zip(("data/", ""), ("data/rows.csv", Rows), ("__MACOSX/._rows.csv", "x"))));

        Assert.Single(file.Rows());
    }

    [Fact]
    public void Several_files_none_or_very_many_are_refused()
    {
        Assert.Contains("2 files: 'a.csv', 'b.csv'", Refusal(Zip(("a.csv", Rows), ("b.csv", Rows))), StringComparison.Ordinal);
        Assert.Contains("no file in it", Refusal(Zip()), StringComparison.Ordinal);
        Assert.Contains(
            "1000 entries", Refusal(Zip([.. Enumerable.Range(0, 1000).Select(at => ($"{at}.csv", Rows))])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_is_given_up_before_it_has_eaten_much()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("f.txt", CompressionLevel.SmallestSize).Open())
        {
            var block = Encoding.ASCII.GetBytes(new string('a', (1 << 20) - 1) + "\n");
            for (var at = 0; at < 80; at++)
            {
                entry.Write(block);
            }
        }

        Assert.Contains("zip bomb", Refusal(bytes.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_zip_cut_short_at_any_place_is_refused()
    {
        var whole = Zip(("rows.csv", Rows));
        for (var length = 4; length < whole.Length; length++)
        {
            Assert.Contains("Expected: ", Refusal(whole[..length]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_zip_with_a_changed_byte_is_refused_or_read_as_it_was()
    {
        var whole = Zip(("rows.csv", string.Concat(Enumerable.Repeat(Rows, 50))));
        for (var at = 4; at < whole.Length; at++)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 0x10;
            var path = _files.Write("f.zip", changed);
            try
            {
                using var file = DatasetFile.Open(path);
                foreach (var row in file.Rows())
                {
                    Assert.True(row.Row is null || row.Row.Prompt is "Paint a door" or "prompt", $"byte {at} gave '{row.Row?.Prompt}'");
                }
            }
            catch (PromptSetException)
            {
                // Refused, which is as good.
            }
        }
    }

    private string Refusal(byte[] bytes) => FormatFolder.Refusal(_files.Write("f.zip", bytes));

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }
}
