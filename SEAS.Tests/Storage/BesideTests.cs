using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Export;
using SEAS.Tests.Datasets.Export;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Storage;

/// <summary>Commands that read, beside the process that has the data folder.</summary>
public sealed class BesideTests : IDisposable
{
    private readonly DatasetFolder _at = new();

    [Fact]
    public void A_reader_beside_sees_every_commit_and_disturbs_nobody()
    {
        using var beside = Store.OpenToRead(_at.At.Folder, TimeProvider.System);
        Assert.Equal([_at.Run], beside.Runs.List().Select(run => run.Id));

        var later = _at.At.NewRun("later").Id;

        Assert.Equal([later, _at.Run], beside.Runs.List().Select(run => run.Id));
        Assert.Equal(18, beside.Attacks.Responses(_at.Run, 1).Count);
    }

    [Fact]
    public void It_cannot_write_and_says_who_can()
    {
        using var beside = Store.OpenToRead(_at.At.Folder, TimeProvider.System);

        var refused = Assert.Throws<StoreException>(() => beside.Runs.MarkRunning(_at.Run));

        Assert.Contains("has to write", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"(number {Environment.ProcessId})", refused.Message, StringComparison.Ordinal);
        Assert.Equal(RunStatus.Queued, _at.Store.Runs.Get(_at.Run).Status);
    }

    [Fact]
    public void What_is_frozen_is_exported_and_stands_in_the_log_of_exports()
    {
        var version = _at.Freeze();
        var own = _at.Prepare(ExportFormat.All);
        var request = _at.Request(ExportFormat.All);
        string made;
        using (var beside = Store.OpenToRead(_at.At.Folder, TimeProvider.System))
        {
            Assert.Equal(version, beside.Datasets.Freeze(_at.Run, 1, "asked", () => _at.Facts(1), null, CancellationToken.None));
            beside.DatasetAccess.Accept("Ada");
            var export = beside.Datasets.Prepare(request, progress: null, CancellationToken.None);
            made = export.Path;
            beside.DatasetAccess.Record(request, export, "Ada", "command");

            Assert.Equal(own.Sha256, export.Sha256);
            Assert.NotEqual(own.Path, made);
            Assert.True(File.Exists(made));
        }

        Assert.False(File.Exists(made));   // its own copy goes with it
        Assert.True(File.Exists(own.Path));
        Assert.Equal("Ada", Assert.Single(_at.Store.DatasetAccess.Log()).Person);
    }

    [Fact]
    public void Labels_that_came_since_are_frozen_by_the_owner_alone()
    {
        _at.Freeze();
        _at.Say(seed: 0, prompt: 1, answer: 0, isUnsafe: true);
        using var beside = Store.OpenToRead(_at.At.Folder, TimeProvider.System);

        var refused = Assert.Throws<StoreException>(
            () => beside.Datasets.Freeze(_at.Run, 1, "asked", () => _at.Facts(1), null, CancellationToken.None));

        Assert.Contains("since its version 1 has to write", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(" What is frozen can be had here: export it with --version 1.", refused.Message, StringComparison.Ordinal);
        Assert.True(beside.Datasets.Prepare(_at.Request(ExportFormat.Kto, version: 1), null, CancellationToken.None).Bytes > 0);
    }

    [Fact]
    public void The_owners_half_made_files_stay_where_they_are()
    {
        var part = Path.Combine(_at.At.Folder, "exports", "somebody.part");
        Directory.CreateDirectory(part);
        var set = Path.Combine(_at.At.Folder, "sets", "half.db.part");
        Directory.CreateDirectory(Path.GetDirectoryName(set)!);
        File.WriteAllText(set, "");

        using (Store.OpenToRead(_at.At.Folder, TimeProvider.System))
        {
            Assert.True(Directory.Exists(part));
            Assert.True(File.Exists(set));
        }

        Assert.True(Directory.Exists(part));
    }

    [Fact]
    public void A_free_folder_is_opened_as_ever()
    {
        _at.At.Close();

        using var store = Store.OpenToRead(_at.At.Folder, TimeProvider.System);

        Assert.Equal(RunStatus.Running, store.Runs.MarkRunning(_at.Run).Status);
    }

    [Fact]
    public void A_database_that_is_not_of_this_version_is_not_read_beside_its_owner()
    {
        _at.At.Alter("DELETE FROM schema_versions WHERE version > 3;");

        var refused = Assert.Throws<StoreException>(() => Store.OpenToRead(_at.At.Folder, TimeProvider.System));

        Assert.Contains("but has 3", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_has_the_folder_is_named_with_what_to_do()
    {
        _at.At.Close();
        using var dashboard = Store.Open(_at.At.Folder, TimeProvider.System, Store.Dashboard);

        var refused = Assert.ThrowsAny<StoreException>(() => Store.Open(_at.At.Folder, TimeProvider.System, "./seas import"));

        Assert.Contains($"(number {Environment.ProcessId}, the dashboard). Do it on its pages", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _at.Dispose();
}
