using SEAS.Data.Contracts;

namespace SEAS.Tests.Storage;

public sealed class PairRepositoryTests : IDisposable
{
    private readonly StoreFolder _at = new();
    private readonly RunId _run;
    private readonly UnitKey _key = new(1, RunStage.Pairs, 0);

    public PairRepositoryTests() => _run = _at.NewRun().Id;

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Pairs_load_by_round_and_role_in_their_order()
    {
        PreferencePair[] pairs = [Pair(ModelRole.Red, 1), Pair(ModelRole.Target, 0), Pair(ModelRole.Red, 0)];
        _at.Store.Pairs.SavePairs(_run, _key, pairs, "{}");

        Assert.Equal([pairs[2], pairs[0]], _at.Store.Pairs.Load(_run, 1, ModelRole.Red));
        Assert.Equal([pairs[1]], _at.Store.Pairs.Load(_run, 1, ModelRole.Target));
        Assert.Empty(_at.Store.Pairs.Load(_run, 2, ModelRole.Red));
        Assert.Equal(
            [new PairCount(1, ModelRole.Red, 2), new PairCount(1, ModelRole.Target, 1)],
            _at.Store.Pairs.Counts(_run));
        Assert.True(_at.Store.Units.IsDone(_run, _key));
    }

    [Fact]
    public void A_round_without_pairs_is_done_all_the_same()
    {
        _at.Store.Pairs.SavePairs(_run, _key, [], """{"red":0}""");

        Assert.Equal("""{"red":0}""", _at.Store.Units.Find(_run, _key)!.ResultJson);
        Assert.Empty(_at.Store.Pairs.Counts(_run));
    }

    [Fact]
    public void A_done_unit_and_a_repeated_index_are_refused_and_nothing_changes()
    {
        _at.Store.Pairs.SavePairs(_run, _key, [Pair(ModelRole.Red, 0)], "{}");

        Assert.Throws<UnitAlreadyDoneException>(() => _at.Store.Pairs.SavePairs(_run, _key, [Pair(ModelRole.Red, 1)], "{}"));
        var repeated = Assert.Throws<StoreException>(
            () => _at.Store.Pairs.SavePairs(_run, _key with { Index = 1 }, [Pair(ModelRole.Red, 1), Pair(ModelRole.Red, 0)], "{}"));

        Assert.Contains("in the store already", repeated.Message, StringComparison.Ordinal);
        Assert.Single(_at.Store.Pairs.Load(_run, 1, ModelRole.Red));
        Assert.False(_at.Store.Units.IsDone(_run, _key with { Index = 1 }));
    }

    private static PreferencePair Pair(ModelRole role, int index) =>
        new(1, role, index, $"prompt {index}", $"chosen {role}", "rejected", "seed 3: 3.1 over 3.0");
}
