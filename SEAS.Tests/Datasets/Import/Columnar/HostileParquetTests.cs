using System.Buffers.Binary;
using System.Diagnostics;
using Parquet;
using Parquet.Schema;
using SEAS.Data.Datasets.Import;
using SEAS.Data.Datasets.Import.Columnar;
using SEAS.Tests.Datasets.Import.Formats;
using SEAS.Tests.Support;

namespace SEAS.Tests.Datasets.Import.Columnar;

/// <summary>Parquet files that are damaged, encrypted, or made to harm: each is one sentence, in little time and memory.</summary>
public sealed class HostileParquetTests : IDisposable
{
    // What a refusal may allocate, in bytes: the library's own tables and buffers, not what a file claims.
    private const long MostAllocated = 64 << 20;

    private readonly FormatFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(0x7FFFFFFF)]
    [InlineData(-1)]
    [InlineData(100_000)]
    public async Task A_footer_longer_than_the_file_is_refused(int length)
    {
        var bytes = await WholeAsync();
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.Length - 8), length);

        Assert.Contains($"claims {(uint)length} bytes", Refused(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task An_encrypted_file_is_refused_as_such(int end)
    {
        var bytes = await WholeAsync();
        bytes[end == 0 ? 3 : ^1] = (byte)'E';

        Assert.Contains("which is encrypted", Refused(end == 0 ? [.. bytes[..^1], (byte)'E'] : bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_footer_that_names_an_encryption_is_refused_as_such()
    {
        // Member 8 of the footer: an algorithm without settings, before the structure's end.
        var bytes = await WithFooterAsync(footer => [.. footer[..^1], 0x0C, 0x10, 0, 0]);

        Assert.Contains("which is encrypted", Refused(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_nested_a_hundred_thousand_levels_deep_are_refused()
    {
        // A list of columns with one child each, and none at the end: depth first, as the format has it.
        byte[] column = [0x48, 1, (byte)'a', 0x15, 2, 0];
        Assert.Contains("at most 10000 columns", Refused(await OfColumnsAsync(100_000, column)), StringComparison.Ordinal);
        Assert.Contains("nested at most 32 levels", Refused(await OfColumnsAsync(5_000, column)), StringComparison.Ordinal);
        Assert.Contains("do not add up", Refused(await OfColumnsAsync(20, column)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_in_the_footer_that_claim_more_than_there_is_are_refused()
    {
        var bytes = await WithFooterAsync(_ => [0x15, 2, 0x19, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x07]);
        Assert.Contains("claims 2147483647 elements", Refused(bytes), StringComparison.Ordinal);
        bytes = await WithFooterAsync(_ => [0x15, 2, 0x19, 0x1C, 0x48, 0xFF, 0xFF, 0xFF, 0xFF, 0x07]);
        Assert.Contains("claims 2147483647 bytes", Refused(bytes), StringComparison.Ordinal);
        bytes = await WithFooterAsync(_ => [0x15, 0xFF, 0xFF]);
        Assert.Contains("it ends within its description", Refused(bytes), StringComparison.Ordinal);
        bytes = await WithFooterAsync(_ => [0x18, 1, (byte)'a', 0]);
        Assert.Contains("is of another type", Refused(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_number_of_a_whole_footer_may_be_another_without_harm()
    {
        var whole = await WholeAsync();
        var footer = BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(whole.Length - 8));
        var (refused, read) = (0, 0);
        var watch = Stopwatch.StartNew();
        for (var at = whole.Length - 8 - footer; at < whole.Length - 8; at++)
        {
            foreach (var value in (byte[])[0, 0x7F, 0x80, 0xFF])
            {
                var bytes = whole.ToArray();
                bytes[at] = value;
                _ = Read(bytes) ? read++ : refused++;
            }
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed} for {read + refused} files");
        Assert.True(refused > 50 && read > 50, $"{refused} were refused and {read} read");
    }

    [Fact]
    public async Task Every_byte_of_the_pages_may_be_another_without_harm()
    {
        var whole = await WholeAsync();
        var footer = BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(whole.Length - 8));
        var (refused, read) = (0, 0);
        for (var at = 4; at < whole.Length - 8 - footer; at++)
        {
            foreach (var value in (byte[])[0, 0x7F, 0x80, 0xFF])
            {
                var bytes = whole.ToArray();
                bytes[at] = value;
                _ = Read(bytes) ? read++ : refused++;
            }
        }

        Assert.True(refused > 50, $"{refused} were refused and {read} read");
    }

    [Fact]
    public async Task Row_counts_and_sizes_that_the_pages_do_not_have_are_refused()
    {
        var bytes = await WithFooterAsync(footer => Numbers(footer, (ulong)(10 << 1), (ulong)(2_000_000_000L << 1)));
        Assert.Contains("claims 2000000000 values", Refused(bytes), StringComparison.Ordinal);
        bytes = await WithFooterAsync(footer => Numbers(footer, 10 << 1, 11 << 1));
        Assert.Contains("where its description says 11", Refused(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Brotli)]
    [InlineData(CompressionMethod.Zstd)]
    [InlineData(CompressionMethod.Lz4Raw)]
    public async Task Whole_files_are_read_however_they_are_packed(CompressionMethod method)
    {
        using var file = DatasetFile.Open(_files.Write("a.parquet", await WholeAsync(method)));

        Assert.Equal(Enumerable.Range(0, 10).Select(row => $"Paint door {row}"), file.Rows().Select(row => row.Row!.Prompt));
    }

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }

    private static byte[] Numbers(byte[] footer, ulong from, ulong to)
    {
        // Every whole number that is 10, of rows and of values, becomes another.
        return [.. footer.SelectMany(value => value == from ? Varint(to) : [value])];
    }

    private static async Task<byte[]> WholeAsync(CompressionMethod method = CompressionMethod.Snappy)
    {
        var field = new DataField("prompt", typeof(string), isNullable: true);
        using var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(field), stream, new ParquetOptions { CompressionMethod = method }))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(field, Enumerable.Range(0, 10).Select(row => (string?)$"Paint door {row}").ToList()!);
        }

        return stream.ToArray();
    }

    private static Task<byte[]> OfColumnsAsync(int count, byte[] column) => WithFooterAsync(_ =>
        [0x15, 2, 0x19, 0xFC, .. Varint((ulong)count), .. Enumerable.Repeat(column, count).SelectMany(bytes => bytes), 0x16, 0, 0x19, 0x0C, 0]);

    private static async Task<byte[]> WithFooterAsync(Func<byte[], byte[]> change)
    {
        var whole = await WholeAsync();
        var length = BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(whole.Length - 8));
        var footer = change(whole[(whole.Length - 8 - length)..^8]);
        return [.. whole[..(whole.Length - 8 - length)], .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8];
    }

    private string Refused(byte[] bytes)
    {
        var path = _files.Write("hostile.parquet", bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = FormatFolder.Refusal(path);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MostAllocated, $"{allocated} bytes were allocated for a refusal");
        return refusal;
    }

    // Whether it was read; the alternative is a sentence. Anything else fails.
    private static bool Read(byte[] bytes)
    {
        try
        {
            return new ParquetRows([new ParquetShard("a.parquet", () => new MemoryStream(bytes))]).Objects().Count() >= 0;
        }
        catch (SEAS.Data.Datasets.Import.Sources.SourceFault fault)
        {
            Assert.DoesNotContain("\n", fault.Found, StringComparison.Ordinal);
            return false;
        }
    }
}
