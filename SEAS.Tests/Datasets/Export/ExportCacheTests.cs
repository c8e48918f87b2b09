using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Datasets.Export;

public sealed class ExportCacheTests : IDisposable
{
    private readonly DatasetFolder _at = new();

    public ExportCacheTests() => _at.Freeze();

    private string Kept => Path.Combine(_at.Store.Folder, "exports");

    [Fact]
    public void The_same_request_finds_the_file_made_before()
    {
        var first = _at.Prepare(ExportFormat.Kto);
        var written = File.GetLastWriteTimeUtc(first.Path);

        Assert.Equal(first, _at.Prepare(ExportFormat.Kto));
        Assert.Equal(written, File.GetLastWriteTimeUtc(first.Path));
        Assert.NotEqual(first.Path, _at.Prepare(ExportFormat.Kto, filter: new ExportFilter(false, ["Role_Play"])).Path);
    }

    [Fact]
    public void A_kept_file_that_lost_its_end_is_made_again()
    {
        var first = _at.Prepare(ExportFormat.Kto);
        File.WriteAllText(first.Path, "half");

        Assert.Equal(first, _at.Prepare(ExportFormat.Kto));
        Assert.Equal(first.Bytes, new FileInfo(first.Path).Length);
    }

    [Fact]
    public void What_a_process_left_that_died_while_it_wrote_is_cleared_away()
    {
        Directory.CreateDirectory(Path.Combine(Kept, "0123.part"));

        _at.At.Reopen();

        Assert.Empty(Directory.GetDirectories(Kept, "*.part"));
    }

    [Fact]
    public void What_was_used_longest_ago_gives_way()
    {
        var cache = new ExportCache(_at.Store.Folder, _at.At.Clock, room: 10_000);
        var version = FrozenVersion.Open(_at.Store.Folder, _at.Store.Datasets.Newest(_at.Run, 1)!);
        PreparedExport Make(ExportFormat format) =>
            cache.Prepare(new ExportJob(_at.Request(format), [version]), progress: null, CancellationToken.None);
        var first = Make(ExportFormat.Kto);
        Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(first.Path)!, DateTime.UnixEpoch);
        Assert.True(first.Bytes is > 500 and < 10_000, $"The first is {first.Bytes} bytes long.");

        var all = Make(ExportFormat.All);

        Assert.True(all.Bytes > 10_000, $"The second is {all.Bytes} bytes long.");
        Assert.False(File.Exists(first.Path));
        Assert.True(File.Exists(all.Path));
    }

    public void Dispose() => _at.Dispose();
}
