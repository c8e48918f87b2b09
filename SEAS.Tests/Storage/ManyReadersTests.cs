using SEAS.Data.Contracts;
using SEAS.Web.Live;

namespace SEAS.Tests.Storage;

public sealed class ManyReadersTests : IDisposable
{
    private readonly StoreFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Fact]
    public async Task Ten_readers_beside_a_writer_only_ever_see_whole_units()
    {
        const int Units = 100;
        var run = _at.NewRun().Id;
        var store = _at.Store;
        var torn = 0;
        var reads = 0;
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var readers = Enumerable.Range(0, 10).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (long seen = 0; !written.Task.IsCompleted || seen < Units;)
                {
                    var prompts = store.Attacks.Counts(run).SingleOrDefault()?.Prompts ?? 0;
                    var cases = store.Attacks.Newest(run, limit: 9);
                    // Three prompts and answers a unit; never fewer than before.
                    var whole = prompts % 3 == 0 && cases.Count % 3 == 0 && prompts / 3 >= seen;
                    Interlocked.Add(ref torn, whole ? 0 : 1);
                    Interlocked.Increment(ref reads);
                    seen = prompts / 3;
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToList();

        for (var unit = 0; unit < Units; unit++)
        {
            var prompts = Enumerable.Range(0, 3)
                .Select(index => new AdversarialPrompt(0, unit, index, "Role_Play", "text", 1, true, null, "seed"))
                .ToList();
            var answers = prompts.Select(p => new TargetResponse(0, unit, p.PromptIndex, 0, "text", 1, true));
            store.Attacks.SaveAttackUnit(run, new UnitKey(0, RunStage.Attack, unit), prompts, answers, "{}");
        }

        written.SetResult();
        await Task.WhenAll(readers);

        Assert.Equal(0, torn);
        Assert.True(reads >= 10, $"{reads} reads prove nothing.");
        Assert.Equal(Units * 3, store.Attacks.Counts(run).Single().Answers);
    }

    [Fact]
    public async Task Writers_of_many_threads_queue_and_lose_nothing()
    {
        var run = _at.NewRun().Id;
        var writers = Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var index = 0; index < 25; index++)
            {
                _at.Store.Units.Record(run, new UnitKey(thread, RunStage.Attack, index), "{}");
                _at.Store.Runs.AddActiveSeconds(run, 0.5);
            }
        }));

        await Task.WhenAll(writers);

        Assert.Equal(200, _at.Store.Units.Done(run).Count);
        Assert.Equal(100, _at.Store.Runs.Get(run).ActiveSeconds);
    }
}
