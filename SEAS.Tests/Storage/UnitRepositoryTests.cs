using SEAS.Data.Contracts;
using SEAS.Data.Runs;
using SEAS.Training.Review;
using SEAS.Web.Live;

namespace SEAS.Tests.Storage;

public sealed class UnitRepositoryTests : IDisposable
{
    private readonly StoreFolder _at = new();
    private readonly RunId _run;

    public UnitRepositoryTests() => _run = _at.NewRun().Id;

    private UnitRepository Units => _at.Store.Units;

    public void Dispose() => _at.Dispose();

    [Fact]
    public void A_recorded_unit_is_done_and_its_neighbours_are_not()
    {
        var key = new UnitKey(1, RunStage.Attack, 4);
        Units.Record(_run, key, """{"asr":0.5}""");

        Assert.True(Units.IsDone(_run, key));
        Assert.Equal(new FinishedUnit(key, """{"asr":0.5}""", _at.Clock.Now), Units.Find(_run, key));
        Assert.False(Units.IsDone(_run, key with { Round = 2 }));
        Assert.False(Units.IsDone(_run, key with { Stage = RunStage.Judge }));
        Assert.False(Units.IsDone(_run, key with { Index = 5 }));
        Assert.False(Units.IsDone(_at.NewRun().Id, key));
    }

    [Fact]
    public void A_done_unit_is_never_recorded_again()
    {
        var key = new UnitKey(1, RunStage.OptimizeRed, 0);
        Units.Record(_run, key, """{"first":true}""");

        var refused = Assert.Throws<UnitAlreadyDoneException>(() => Units.Record(_run, key, "{}"));

        Assert.Equal((_run, key), (refused.Run, refused.Key));
        Assert.Equal("""{"first":true}""", Units.Find(_run, key)!.ResultJson);
    }

    [Fact]
    public void The_ledger_lists_keys_of_a_run_and_entries_of_a_stage_in_order()
    {
        UnitKey[] keys = [new(0, RunStage.Attack, 2), new(0, RunStage.Attack, 0), new(0, RunStage.Judge, 1), new(1, RunStage.Attack, 0)];
        foreach (var key in keys)
        {
            Units.Record(_run, key, "{}");
        }

        Assert.Equal(keys.ToHashSet(), Units.Done(_run));
        Assert.Equal([0, 2], Units.List(_run, 0, RunStage.Attack).Select(unit => unit.Key.Index));
        Assert.Empty(Units.List(_run, 1, RunStage.Judge));
        Assert.Empty(Units.Done(new RunId("nobody")));
    }

    [Fact]
    public void A_result_must_be_json_and_a_run_must_exist()
    {
        var key = new UnitKey(0, RunStage.Attack, 0);

        Assert.Contains(
            "not of the kind",
            Assert.Throws<StoreException>(() => Units.Record(_run, key, "{asr: NaN}")).Message,
            StringComparison.Ordinal);
        Assert.Throws<RunNotFoundException>(() => Units.Record(new RunId("nobody"), key, "{}"));
        Assert.False(Units.IsDone(_run, key));
    }
}
