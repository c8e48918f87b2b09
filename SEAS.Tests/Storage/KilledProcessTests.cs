using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Storage;

public sealed class KilledProcessTests : IDisposable
{
    private readonly StoreFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void What_a_killed_process_said_is_stored_is_stored_whole_and_the_next_one_goes_on(int units)
    {
        var run = new RunId("embedded-1");
        using var writer = new KilledWriter(_at.Folder);
        var last = writer.KillAfter(units);
        Assert.True(last >= units, $"The writer said {last}, so it died by itself.");

        var store = _at.Store;   // also: the dead process no longer holds the folder
        var done = store.Units.Done(run).Select(key => key.Index).Order().ToList();

        // At most one unit was stored without having been said.
        Assert.InRange(done.Count, last + 1, last + 2);
        Assert.Equal(Enumerable.Range(0, done.Count), done);

        // No unit without its rows, no rows without their unit.
        var count = Assert.Single(store.Attacks.Counts(run));
        Assert.Equal(done.Count * KilledWriter.PromptsPerUnit, count.Prompts);
        Assert.Equal(done.Count * KilledWriter.PromptsPerUnit, count.Answers);

        Assert.Equal([run], store.Runs.RecoverInterrupted());
        store.Runs.MarkRunning(run);
        store.Units.Record(run, new UnitKey(0, RunStage.Attack, done.Count), "{}");
    }

    [Fact]
    public void A_folder_that_another_process_holds_is_refused_with_its_number()
    {
        using var store = _at.Store;

        var refused = Assert.ThrowsAny<StoreException>(() => Store.Open(_at.Folder, TimeProvider.System));

        Assert.Equal(
            $"The data folder {_at.Folder} should be free but is in use by another SEAS process (number {Environment.ProcessId}). " +
            $"Wait until it is done, end it with: kill {Environment.ProcessId}, or name another data folder.",
            refused.Message);
    }

    [Fact]
    public void A_closed_store_gives_the_folder_free_and_leaves_one_database_and_its_sum_behind()
    {
        _at.NewRun();

        Assert.Single(_at.Reopen().Runs.List());
        _at.Close();
        Assert.Equal(
            ["seas.db", "seas.db.sha256", "seas.id", "seas.lock"], Directory.GetFiles(_at.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
