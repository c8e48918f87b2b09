using SEAS.Tests.Support;

namespace SEAS.Tests.Datasets.Export;

/// <summary>Exports by the whole program on a disk of 16 KiB.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly DatasetFolder _at = new();
    private readonly string _small = Directory.CreateTempSubdirectory("seas-full-").FullName;

    public FullDiskTests()
    {
        _at.Freeze();
        _at.Store.DatasetAccess.Accept("Ada");
    }

    [SkippableFact]
    public async Task A_disk_that_fills_while_an_export_is_made_is_a_clear_error_and_nothing_is_left()
    {
        var exports = Directory.CreateDirectory(Path.Combine(_at.Store.Folder, "exports")).FullName;

        var (code, output, errors) = await ExportAsync(full: exports, output: Path.Combine(_small, "a.zip"));

        Assert.Equal(1, code);
        Assert.Contains("No space left on device", errors, StringComparison.Ordinal);
        Assert.Contains("Nothing half-written remains", errors, StringComparison.Ordinal);
        Assert.Equal("left: 0", output.Trim());
        Assert.False(File.Exists(Path.Combine(_small, "a.zip")));
        Assert.Empty(_at.At.Reopen().DatasetAccess.Log());
    }

    [SkippableFact]
    public async Task A_disk_that_fills_while_an_export_is_copied_to_it_is_too()
    {
        var (code, output, errors) = await ExportAsync(full: _small, output: Path.Combine(_small, "a.zip"));

        Assert.Equal(1, code);
        Assert.Contains("cannot be written to", errors, StringComparison.Ordinal);
        Assert.Equal("left: 0", output.Trim());
    }

    public void Dispose()
    {
        _at.Dispose();
        Directory.Delete(_small, recursive: true);
    }

    private Task<(int Code, string Output, string Errors)> ExportAsync(string full, string output)
    {
        _at.At.Close();
        return SmallDisk.RunAsync(
            $"{SmallDisk.Mount(full, "16k")} && {SmallDisk.Program} export {_at.Run} --round 1 "
            + $"--version 1 --who Ada --data '{_at.At.Folder}' --output '{output}'; "
            + $"code=$?; echo left: $(ls -A '{full}' | wc -l); exit $code");
    }
}
