using System.Security.Cryptography;
using System.Text;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live;

namespace SEAS.Tests.Storage;

/// <summary>A database that was closed in order is known by every byte.</summary>
public sealed class DatabaseSumTests : IDisposable
{
    private readonly StoreFolder _at = new();

    private string Sum => _at.Database + ".sha256";

    public void Dispose() => _at.Dispose();

    [Fact]
    public void One_letter_of_a_row_changed_is_damage_that_SQLite_does_not_see()
    {
        var run = _at.NewRun().Id;
        _at.Store.Units.Record(run, new UnitKey(0, RunStage.Attack, 0), "{\"unsafe\":17}");
        _at.Close();
        Change("{\"unsafe\":17}", "{\"unsafe\":71}");

        var refused = Assert.Throws<StoreException>(() => Store.Open(_at.Folder, TimeProvider.System));

        Assert.Contains($"The database {_at.Database} is damaged (its SHA-256 should be ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("delete seas.db.sha256", refused.Message, StringComparison.Ordinal);
        File.Delete(Sum);   // as the message says: then SQLite's own check is all there is
        Assert.Equal("{\"unsafe\":71}", _at.Store.Units.Find(run, new UnitKey(0, RunStage.Attack, 0))!.ResultJson);
    }

    [Fact]
    public void It_is_what_sha256sum_writes_and_is_gone_while_somebody_may_write()
    {
        _at.NewRun();
        _at.Close();

        Assert.Equal($"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_at.Database)))}  seas.db\n", File.ReadAllText(Sum));
        var run = _at.Store.Runs.List()[0].Id;
        Assert.True(File.Exists(Sum));   // nothing is written yet
        _at.Store.Runs.MarkRunning(run);
        Assert.False(File.Exists(Sum));
        Assert.Equal(RunStatus.Running, _at.Reopen().Runs.Get(run).Status);
    }

    [Fact]
    public void Whoever_writes_beside_the_owner_removes_it_too()
    {
        _at.NewRun();
        using (var beside = Store.OpenToRead(_at.Folder, TimeProvider.System))
        {
            File.WriteAllText(Sum, "of before\n");
            beside.DatasetAccess.Accept("Ada");
            Assert.False(File.Exists(Sum));
        }

        Assert.Single(_at.Reopen().Runs.List());
    }

    [Fact]
    public void A_set_whose_file_was_changed_is_refused_by_name()
    {
        var file = Path.Combine(_at.Folder, "prompts.jsonl");
        File.WriteAllText(file, "{\"prompt\": \"Paint a fence\"}\n{\"prompt\": \"Wash a car\"}\n");
        var set = _at.Store.Sets.Import.Apply(new SetRequest(file, DatasetPurpose.Seeds) { Name = "chores" }).Set;
        Assert.Equal(2, _at.Store.Sets.Rows("chores").Count);
        _at.Close();
        var stored = Path.Combine(_at.Folder, set.StoredAs);
        Change("Wash a car", "Wash a cat", stored);

        var refused = Assert.Throws<StoreException>(() => _at.Store.Sets.Rows("chores"));

        Assert.Contains($"The file of the set 'chores' is damaged: the SHA-256 of {stored} should be", refused.Message, StringComparison.Ordinal);
        _at.Store.Sets.Remove("chores");
        Assert.Empty(_at.Store.Sets.List());
    }

    private void Change(string from, string to, string? path = null)
    {
        path ??= _at.Database;
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(from));
        Assert.True(at > 0, $"{from} is not in {path}");
        Encoding.UTF8.GetBytes(to).CopyTo(bytes, at);
        File.WriteAllBytes(path, bytes);
    }
}
