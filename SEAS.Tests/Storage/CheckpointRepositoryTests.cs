using SEAS.Data.Contracts;

namespace SEAS.Tests.Storage;

public sealed class CheckpointRepositoryTests : IDisposable
{
    private readonly StoreFolder _at = new();
    private readonly RunId _run;

    public CheckpointRepositoryTests() => _run = _at.NewRun().Id;

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Checkpoints_read_back_by_iterate_with_their_parents()
    {
        var r0 = Iterate(ModelRole.Red, 0, parent: null);
        var t0 = Iterate(ModelRole.Target, 0, parent: null);
        var r1 = Iterate(ModelRole.Red, 1, parent: r0.Folder);
        Save(r1, new UnitKey(1, RunStage.OptimizeRed, 0));
        Save(t0, new UnitKey(0, RunStage.Initialization, 1));
        Save(r0, new UnitKey(0, RunStage.Initialization, 0));

        Assert.Equal([r0, t0, r1], _at.Store.Checkpoints.List(_run));
        Assert.Equal(r1, _at.Store.Checkpoints.Find(_run, ModelRole.Red, 1));
        Assert.Null(_at.Store.Checkpoints.Find(_run, ModelRole.Target, 1));
        Assert.Equal(3, _at.Store.Units.Done(_run).Count);
    }

    [Fact]
    public void A_done_unit_is_refused()
    {
        var key = new UnitKey(1, RunStage.OptimizeRed, 0);
        Save(Iterate(ModelRole.Red, 1, null), key);

        Assert.Throws<UnitAlreadyDoneException>(() => Save(Iterate(ModelRole.Red, 1, null) with { Sha256 = "other" }, key));
        Assert.Equal("sum-1", _at.Store.Checkpoints.Find(_run, ModelRole.Red, 1)!.Sha256);
    }

    private void Save(Checkpoint checkpoint, UnitKey key) => _at.Store.Checkpoints.Save(_run, checkpoint, key, "{}");

    private Checkpoint Iterate(ModelRole role, int iteration, string? parent) =>
        new(role, iteration, $"runs/embedded-1/{role}{iteration}", parent, $"sum-{iteration}", _at.Clock.Now);
}
