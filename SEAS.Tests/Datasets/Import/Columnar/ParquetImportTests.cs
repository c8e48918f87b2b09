using Parquet.Serialization;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import;
using SEAS.Tests.Datasets.Import.Formats;
using SEAS.Tests.Support;
using ZstdSharp;

namespace SEAS.Tests.Datasets.Import.Columnar;

/// <summary>Parquet files as they lie on the Hugging Face hub: nested, in shards, damaged; and texts packed by zstd.</summary>
public sealed class ParquetImportTests : IDisposable
{
    private readonly FormatFolder _files = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _files.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Lists_of_messages_are_read_as_messages()
    {
        var path = await WriteAsync("a.parquet",
        [
            new Chat { messages = [new() { role = "user", content = "Ask" }, new() { role = "assistant", content = "Tell" }], tags = ["x", null] },
            new Chat { messages = [], tags = [] },
            new Chat { messages = null, tags = null },
            new Chat
            {
                messages = [new() { role = "system", content = "Be brief." }, new() { role = "user", content = "More?" },
                    new() { role = "assistant", content = "" }],
                tags = ["y"],
            },
        ]);
        using var file = DatasetFile.Open(path, purpose: DatasetPurpose.Instructions);
        var rows = file.Rows().ToList();

        Assert.Equal("OpenAI messages Parquet", file.Format);
        Assert.Equal([1, 4], rows.Where(row => row.Row is not null).Select(row => row.Row!.Row));
        Assert.Equal(("Ask", "Tell"), (rows[0].Row!.Prompt, rows[0].Row!.Answer));
        Assert.Equal(("Be brief.", "More?", ""), (rows[3].Row!.System, rows[3].Row!.Prompt, rows[3].Row!.Answer));
        Assert.Equal("""["x",null]""", rows[0].Row!.Extra["tags"]);
    }

    [Fact]
    public async Task A_folder_of_shards_is_one_set_in_the_order_of_their_names()
    {
        await WriteAsync("data/train-00001-of-00002.parquet", [new Plain { prompt = "Three", count = 3, share = 0.5, harmful = null }]);
        await WriteAsync("data/train-00000-of-00002.parquet",
            [new Plain { prompt = "One", count = 1, share = 1.5, harmful = true }, new Plain { prompt = "Two", count = null, share = 2, harmful = false }]);

        using var file = DatasetFile.Open(_folder.Path);
        var rows = file.Rows().Select(row => row.Row!).ToList();

        Assert.Equal([("One", 1), ("Two", 2), ("Three", 3)], rows.Select(row => (row.Prompt, row.Row)));
        Assert.Equal(("1", "1.5", "true"), (rows[0].Extra["count"], rows[0].Extra["share"], rows[0].Extra["harmful"]));
        Assert.False(rows[1].Extra.ContainsKey("count"));
        Assert.Equal(64, file.Sha256().Length);
        Assert.Contains("2 Parquet files", file.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_splits_other_columns_and_folders_without_any_are_refused_by_name()
    {
        Assert.Contains("a folder without any", FormatFolder.Refusal(_folder.Path), StringComparison.Ordinal);
        await WriteAsync("train-00000-of-00001.parquet", [new Plain { prompt = "One" }]);
        var other = await WriteAsync("more.parquet", [new Chat { messages = [] }]);
        Assert.Contains("in train-00000-of-00001.parquet", FormatFolder.Refusal(_folder.Path), StringComparison.Ordinal);
        File.Delete(other);
        await WriteAsync("test-00000-of-00001.parquet", [new Plain { prompt = "Two" }]);
        var refusal = FormatFolder.Refusal(_folder.Path);
        Assert.Contains("files of several: test, train", refusal, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_folder.Path, "test-*.parquet"), refusal, StringComparison.Ordinal);

        using var train = DatasetFile.Open(Path.Combine(_folder.Path, "train-*.parquet"));
        Assert.Equal("One", Assert.Single(train.Rows()).Row!.Prompt);
        Assert.Contains("Parquet files of such names", FormatFolder.Refusal(Path.Combine(_folder.Path, "dev-*.parquet")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(60)]
    [InlineData(200)]
    public async Task A_file_that_was_cut_short_is_refused(int bytes)
    {
        var path = await WriteAsync("a.parquet", Enumerable.Range(0, 50).Select(row => new Plain { prompt = $"Row {row}", count = row }));
        var cut = _files.Write("cut.parquet", File.ReadAllBytes(path)[..bytes]);

        Assert.Contains("a whole Parquet file", FormatFolder.Refusal(cut), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_packed_by_zstd_are_read_and_a_cut_one_refused()
    {
        using var compressor = new Compressor();
        var packed = compressor.Wrap("goal,target\nPaint a door,Sure\n"u8).ToArray();

        using var file = DatasetFile.Open(_files.Write("a.csv.zst", packed));
        Assert.Equal(("AdvBench CSV", "Paint a door"), (file.Format, Assert.Single(file.Rows()).Row!.Prompt));
        Assert.Contains("a whole packed file", FormatFolder.Refusal(_files.Write("b.csv.zst", packed[..^6])), StringComparison.Ordinal);
    }

    private async Task<string> WriteAsync<T>(string name, IEnumerable<T> rows)
    {
        var path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var stream = File.Create(path);
        await ParquetSerializer.SerializeAsync(rows, stream);
        return path;
    }

#pragma warning disable IDE1006, SA1300, CA1812 // The names are the file's columns.
    private sealed class Message
    {
        public string? role { get; set; }

        public string? content { get; set; }
    }

    private sealed class Chat
    {
        public List<Message>? messages { get; set; }

        public List<string?>? tags { get; set; }
    }

    private sealed class Plain
    {
        public string? prompt { get; set; }

        public long? count { get; set; }

        public double share { get; set; }

        public bool? harmful { get; set; }
    }
#pragma warning restore IDE1006, SA1300, CA1812
}
