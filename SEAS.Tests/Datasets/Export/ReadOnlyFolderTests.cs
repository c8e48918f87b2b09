using SEAS.Tests.Support;

namespace SEAS.Tests.Datasets.Export;

/// <summary>The whole program on a data folder that nobody can write, not even root.</summary>
public sealed class ReadOnlyFolderTests : IDisposable
{
    private readonly DatasetFolder _at = new();
    private readonly TemporaryFolder _taken = new();

    public ReadOnlyFolderTests()
    {
        _at.Freeze();
        _at.Store.DatasetAccess.Accept("Ada");
    }

    [SkippableTheory]
    [InlineData("Ada", "")]
    [InlineData("Ben", "--accept-notice")]
    public async Task What_is_frozen_can_be_exported(string who, string accept)
    {
        var (code, output, errors) = await RunAsync(
            $"export {_at.Run} --round 1 --format trl --who {who} {accept} --output '{_taken.Path}/a.zip'", logAlone: false);

        Assert.True(code == 0, errors);
        Assert.Contains("a.zip", output, StringComparison.Ordinal);
        Assert.Contains("does not stand in its log of exports", errors, StringComparison.Ordinal);
        Assert.NotEmpty(DatasetFolder.Unzip(Path.Combine(_taken.Path, "a.zip")));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_can_be_explained(bool logAlone)
    {
        var (code, output, errors) = await RunAsync($"explain {_at.Run}/r1/s0", logAlone);

        Assert.True(code == 0, errors);
        Assert.Contains($"{_at.Run}/r1/s0", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_has_to_write_says_why_it_cannot()
    {
        var (code, _, errors) = await RunAsync("run --preset smoke", logAlone: false);

        Assert.Equal(1, code);
        Assert.Contains($"The data folder {_at.At.Folder} should be a writable folder but is not", errors, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _at.Dispose();
        _taken.Dispose();
    }

    // With the log alone: as a process that died leaves a folder, what it wrote last beside the database.
    private async Task<(int Code, string Output, string Errors)> RunAsync(string command, bool logAlone)
    {
        var folder = _at.At.Folder;
        if (logAlone)
        {
            _at.At.NewRun("later");
            var copy = Directory.CreateDirectory(Path.Combine(_taken.Path, "died")).FullName;
            foreach (var path in Directory.GetFiles(folder).Where(path => Path.GetFileName(path) is "seas.db" or "seas.db-wal" or "seas.id"))
            {
                File.WriteAllBytes(Path.Combine(copy, Path.GetFileName(path)), SharedBytes(path));
            }

            Assert.True(File.Exists(Path.Combine(copy, "seas.db-wal")));
            folder = copy;
        }
        else
        {
            _at.At.Close();
        }

        return await SmallDisk.RunAsync(
            $"mount --bind '{folder}' '{folder}' && mount -o remount,ro,bind '{folder}' && {SmallDisk.Program} {command} --data '{folder}'");
    }

    private static byte[] SharedBytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
