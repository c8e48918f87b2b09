using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live;

namespace SEAS.Tests.Storage;

/// <summary>A data folder whose parts do not belong together is refused, and nothing in it is written over.</summary>
public sealed class FolderIdentityTests : IDisposable
{
    private readonly StoreFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Theory]
    [InlineData(true, "missing")]
    [InlineData(false, "empty (0 bytes)")]
    public void A_finished_run_whose_database_is_gone_or_cut_to_nothing_is_no_new_folder(bool isGone, string found)
    {
        var file = Written(_at.NewRun().Id);
        _at.Close();
        File.Delete(_at.Database);
        if (!isGone)
        {
            File.WriteAllBytes(_at.Database, []);
        }

        var before = Names();
        AssertRefused($"holds files of the runs embedded-1, the name of its database (seas.id), but the database {_at.Database} is {found}");
        Assert.Equal("weights", File.ReadAllText(file));
        Assert.Equal(before, Names());
    }

    [Fact]
    public void A_folder_of_an_earlier_version_with_runs_and_no_database_is_refused_too()
    {
        Written(new RunId("smoke-1"));

        AssertRefused("holds files of the runs smoke-1, but");
    }

    [Fact]
    public void A_folder_with_nothing_but_a_database_that_was_never_filled_is_new()
    {
        File.WriteAllBytes(_at.Database, []);

        Assert.Empty(_at.Store.Runs.List());
    }

    [Fact]
    public void Another_folders_database_is_refused_by_both_names()
    {
        using var other = new StoreFolder();
        other.NewRun();
        other.Close();
        Written(_at.NewRun().Id);
        _at.Close();
        var (ours, theirs) = (File.ReadAllText(Path.Combine(_at.Folder, "seas.id")).Trim(), File.ReadAllText(Path.Combine(other.Folder, "seas.id")).Trim());
        File.Copy(other.Database, _at.Database, overwrite: true);
        File.Copy(other.Database + ".sha256", _at.Database + ".sha256", overwrite: true);
        var before = File.ReadAllBytes(_at.Database);

        AssertRefused($"which is called {ours} in seas.id, but is called {theirs}: it is another folder's");
        Assert.Equal(before, File.ReadAllBytes(_at.Database));
    }

    [Fact]
    public void A_database_that_knows_none_of_the_runs_that_are_there_is_refused()
    {
        _at.NewRun("known");
        _at.Close();
        Written(new RunId("unknown-1"));

        AssertRefused("holds files of the runs unknown-1, but the database");
    }

    [Fact]
    public void A_new_run_takes_no_name_under_which_there_are_files()
    {
        var first = _at.NewRun().Id;
        Written(first);
        var file = Written(new RunId("embedded-1-2"));   // its row was lost

        Assert.Equal("embedded-1-3", _at.NewRun().Id.Value);
        var refused = Assert.Throws<StoreException>(() => _at.Store.Runs.Create("embedded", 1, "{}", "hash", new RunId("embedded-1-2")));
        Assert.Contains(Path.GetDirectoryName(Path.GetDirectoryName(file))!, refused.Message, StringComparison.Ordinal);
        Assert.Equal("weights", File.ReadAllText(file));
    }

    [Fact]
    public void A_folder_of_an_earlier_version_gets_a_name_and_keeps_it()
    {
        var run = _at.NewRun().Id;
        _at.Close();
        File.Delete(Path.Combine(_at.Folder, "seas.id"));
        _at.Alter("DELETE FROM data_folder;");
        File.Delete(_at.Database + ".sha256");

        Assert.Equal(run, Assert.Single(_at.Store.Runs.List()).Id);
        var name = File.ReadAllText(Path.Combine(_at.Folder, "seas.id"));
        _at.Reopen();
        Assert.Equal(name, File.ReadAllText(Path.Combine(_at.Folder, "seas.id")));
    }

    private string Written(RunId run)
    {
        var file = Path.Combine(_at.Folder, "runs", run.Value, "checkpoints", "model.safetensors");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "weights");
        return file;
    }

    private List<string> Names() => [.. Directory.EnumerateFileSystemEntries(_at.Folder, "*", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(path) is not "seas.lock").Order(StringComparer.Ordinal)];

    private void AssertRefused(string part)
    {
        var refused = Assert.Throws<StoreException>(() => Store.Open(_at.Folder, TimeProvider.System));
        Assert.Contains(part, refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed.", refused.Message, StringComparison.Ordinal);
    }
}
