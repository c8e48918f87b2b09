using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Storage;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live;

namespace SEAS.Tests.Storage;

public sealed class StoreFaultTests : IDisposable
{
    private readonly StoreFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Fact]
    public void A_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(Path.Combine(_at.Folder, "file"), "");

        AssertRefused(Path.Combine(_at.Folder, "file", "data"), "should be a writable folder but is not", "name another data folder");
    }

    [SkippableFact]
    public void A_folder_that_this_user_may_not_write_is_named()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Needs /proc.");

        // Not even root may make files there.
        AssertRefused("/proc/sys", "The data folder /proc/sys should be a writable folder but is not", "Give this user the right");
    }

    [Fact]
    public void A_database_that_is_a_folder_is_named()
    {
        Directory.CreateDirectory(_at.Database);

        AssertRefused(_at.Folder, _at.Database, "should be writable but is not");
    }

    [Fact]
    public void A_file_that_is_no_database_is_left_as_it_is()
    {
        var text = string.Concat(Enumerable.Repeat("This is a shopping list, not a database.\n", 50));
        File.WriteAllText(_at.Database, text);

        AssertRefused(_at.Folder, $"{_at.Database} should be a SEAS database but is not a database at all", "Move the file away");
        Assert.Equal(text, File.ReadAllText(_at.Database));
    }

    [Fact]
    public void A_database_of_another_program_is_left_as_it_is()
    {
        _at.Alter("CREATE TABLE bookmarks (url TEXT); CREATE TABLE cookies (value TEXT);");
        var before = File.ReadAllBytes(_at.Database);

        AssertRefused(_at.Folder, "belongs to another program: it has the tables bookmarks, cookies.", "Nothing was changed.");
        Assert.Equal(before, File.ReadAllBytes(_at.Database));
    }

    [Fact]
    public void A_database_of_a_newer_version_is_left_as_it_is()
    {
        _at.NewRun();
        _at.Close();
        _at.Alter("INSERT INTO schema_versions VALUES (9001, '9001_later.sql', '2030-01-01T00:00:00.0000000Z');");
        var before = File.ReadAllBytes(_at.Database);

        AssertRefused(_at.Folder, "or older but has version 9001: a newer SEAS wrote it.", "Use that newer SEAS");
        Assert.Equal(before, File.ReadAllBytes(_at.Database));
    }

    [Fact]
    public void A_damaged_database_says_so_instead_of_giving_wrong_rows()
    {
        var run = _at.NewRun().Id;
        _at.Store.Units.Record(run, new UnitKey(0, RunStage.Attack, 0), "{}");
        _at.Close();
        using (var file = File.OpenWrite(_at.Database))
        {
            file.Position = 4096;   // keeps the header, ruins every table
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - 4096).ToArray());
        }

        AssertRefused(_at.Folder, $"The database {_at.Database} is damaged", "Restore it from a copy");
    }

    [Fact]
    public void A_page_torn_in_the_middle_is_found_when_the_store_opens()
    {
        var run = _at.NewRun().Id;
        for (var index = 0; index < 200; index++)
        {
            _at.Store.Units.Record(run, new UnitKey(0, RunStage.Attack, index), $"\"{new string('x', 400)}\"");
        }

        _at.Close();
        using (var file = File.OpenWrite(_at.Database))
        {
            file.Position = file.Length - 4096;
            file.Write(new byte[4096]);
        }

        AssertRefused(_at.Folder, $"The database {_at.Database} is damaged", "Restore it from a copy");
    }

    [Fact]
    public void A_database_that_another_program_locks_is_waited_for_and_then_named()
    {
        _at.NewRun();
        _at.Close();
        using var other = new SqliteConnection($"Data Source={_at.Database};Pooling=False");
        other.Open();
        other.Execute("BEGIN IMMEDIATE;");
        using var connections = new SqliteConnections(_at.Database, busySeconds: 1);

        var refused = Assert.Throws<StoreException>(() => connections.Write((_, _) => { }));
        Assert.Contains("is locked by another program", refused.Message, StringComparison.Ordinal);

        other.Execute("COMMIT;");
        connections.Write((_, _) => { });
    }

    [Fact]
    public void A_full_disk_stores_all_or_nothing_and_the_store_goes_on_when_there_is_room()
    {
        _at.NewRun();
        _at.Close();
        using var connections = new SqliteConnections(_at.Database);
        var limit = connections.Read(reader => reader.ExecuteScalar<long>("PRAGMA page_count;")) + 5;
        connections.Write((writer, transaction) => writer.Execute($"PRAGMA max_page_count = {limit};", transaction: transaction));

        var refused = Assert.Throws<StoreException>(() => connections.Write((writer, transaction) =>
        {
            writer.Execute("UPDATE runs SET status = 'Failed';", transaction: transaction);
            writer.Execute("UPDATE runs SET error = hex(zeroblob(1000000));", transaction: transaction);
        }));

        Assert.Contains("the disk or its quota is full. Nothing was half-written.", refused.Message, StringComparison.Ordinal);
        Assert.Equal("Queued", connections.Read(reader => reader.ExecuteScalar<string>("SELECT status FROM runs;")));
        connections.Write((writer, transaction) => writer.Execute("UPDATE runs SET status = 'Running';", transaction: transaction));
    }

    [Theory]
    [InlineData("seas.db", "Make room and try again; a run goes on where it stopped.")]
    [InlineData("sets/prompts.db.part", "Make room and try again.")]   // nobody has a run who takes a file in
    public void A_full_disk_says_what_to_do_for_what_was_written(string file, string advice)
    {
        var sentence = StoreFaults.Sentence(Path.Combine(_at.Folder, file), new SqliteException("full", SQLitePCL.raw.SQLITE_FULL))!;

        Assert.EndsWith(advice, sentence.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_folder_is_not_held()
    {
        Directory.CreateDirectory(_at.Database);
        Assert.Throws<StoreException>(() => _at.Store);
        Directory.Delete(_at.Database);

        Assert.Empty(_at.Store.Runs.List());
    }

    private static void AssertRefused(string folder, params string[] parts)
    {
        var refused = Assert.Throws<StoreException>(() => Store.Open(folder, TimeProvider.System));
        Assert.All(parts, part => Assert.Contains(part, refused.Message, StringComparison.Ordinal));
    }
}
