using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Tests.Datasets.Export;

/// <summary>A frozen file with one byte changed is refused by name, whatever is made of it; an export that was kept is made again.</summary>
public sealed class DamagedFrozenTests : IDisposable
{
    private readonly DatasetFolder _at = new();

    [Fact]
    public void Every_frozen_file_that_is_exported_is_checked_before()
    {
        var folder = _at.Store.Datasets.Folder(_at.Freeze());
        var files = Directory.GetFiles(folder).Where(file => new FileInfo(file).Length > 0).ToList();
        Assert.True(files.Count >= 8, $"{files.Count} files");
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            Change(file);

            var exported = Assert.Throws<DatasetException>(() => _at.Prepare(ExportFormat.All));
            var shown = Assert.Throws<DatasetException>(() => _at.Store.Datasets.Preview(_at.Request(ExportFormat.All)));

            Assert.Contains($"{file} ", exported.Message, StringComparison.Ordinal);
            Assert.Contains($"{file} ", shown.Message, StringComparison.Ordinal);
            File.WriteAllBytes(file, bytes);
        }

        Assert.True(_at.Prepare(ExportFormat.All).Bytes > 0);
    }

    [Fact]
    public void What_a_version_is_compared_with_and_the_rows_that_go_on_are_checked_too()
    {
        var version = _at.Freeze();
        var general = Path.Combine(_at.Store.Datasets.Folder(version), FrozenFiles.General);
        Assert.NotEmpty(_at.Store.Datasets.General(version));
        Change(general);
        _at.Say(seed: 0, prompt: 1, answer: 0, isUnsafe: true);

        Assert.Contains(general, Assert.Throws<DatasetException>(() => _at.Store.Datasets.General(version)).Message, StringComparison.Ordinal);
        Assert.Contains(general, Assert.Throws<DatasetException>(() => _at.Freeze(reason: "asked")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kept_export_that_was_damaged_is_made_again()
    {
        _at.Freeze();
        var made = _at.Prepare(ExportFormat.All);
        var bytes = File.ReadAllBytes(made.Path);
        Change(made.Path);

        var again = _at.Prepare(ExportFormat.All);

        Assert.Equal(made, again);
        Assert.Equal(bytes, File.ReadAllBytes(again.Path));
    }

    public void Dispose() => _at.Dispose();

    private static void Change(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddMinutes(1));   // a file system may count time in whole seconds
    }
}
