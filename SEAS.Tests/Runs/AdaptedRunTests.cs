using SEAS.Data.Contracts;
using SEAS.Tests.Engine.Models;
using SEAS.Tests.Lineage;
using SEAS.Tests.Review;
using SEAS.Tests.Support;
using SEAS.Training.Hosting;
using SEAS.Training.ModelFiles;
using SEAS.Training.Review;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Live;
using TorchSharp;

namespace SEAS.Tests.Runs;

/// <summary>Runs that tune adapters: what each learnt lies beside its weights, and can be taken away and begun with.</summary>
public sealed class AdaptedRunTests : IDisposable
{
    private static readonly int[] s_text = [0, 1, 50, 60, 70, 2];

    private readonly TinyWorld _world = new();

    [Fact]
    public void Each_checkpoint_is_the_one_before_with_the_adapter_beside_it() => Run(_world.Plan().WithAdapters(2), checkpoints =>
    {
        foreach (var iteration in (int[])[0, 1, 2])
        {
            var whole = Path.Combine(checkpoints, $"target-{iteration}");
            var adapter = Path.Combine(whole, "adapter");
            AssertSame(whole, adapter);
        }

        // R had no pairs in its rounds: nothing learnt, no adapter.
        Assert.False(Directory.Exists(Path.Combine(checkpoints, "red-1", "adapter")));
        Assert.Equal(Sha(Path.Combine(checkpoints, "red-0")), Sha(Path.Combine(checkpoints, "red-1")));
    });

    [Fact]
    public void All_since_the_base_can_be_taken_away_as_one_and_begun_with() => Run(_world.Plan().WithAdapters(2), checkpoints =>
    {
        using var folder = new TemporaryFolder();
        var taken = Path.Combine(folder.Path, "taken");
        PeftExport.ToFolder(Path.Combine(checkpoints, "target-2"), taken);

        AssertSame(Path.Combine(checkpoints, "target-2"), taken);
        Assert.True(File.Exists(Path.Combine(taken, "tokenizer.json")));
        Run(_world.Plan().WithAdapters(2) with { TargetModel = taken, Rounds = 1 }, next =>
        {
            Assert.NotEqual(Sha(Path.Combine(checkpoints, "target-2")), Sha(Path.Combine(next, "target-1")));
            AssertSame(Path.Combine(next, "target-0"), Path.Combine(next, "target-0", "adapter"));
        });
    });

    [Fact]
    public void Weights_in_bfloat16_are_kept_so_from_round_to_round() => Run(
        _world.Plan().WithAdapters(2) with { Weights = WeightPrecision.BFloat16 },
        checkpoints =>
        {
            foreach (var iteration in (int[])[0, 1, 2])
            {
                var folder = Path.Combine(checkpoints, $"target-{iteration}");
                Assert.Empty(ModelInspection.Of(folder).Problems);
                Assert.Equal("BF16", Assert.Single(ModelInspection.Of(folder).Precisions).Key);
            }

            Assert.NotEqual(Sha(Path.Combine(checkpoints, "target-1")), Sha(Path.Combine(checkpoints, "target-2")));
        });

    [Fact]
    public void A_run_that_tuned_all_weights_has_no_adapter_to_take_away() => Run(_world.Plan(), checkpoints =>
    {
        using var folder = new TemporaryFolder();
        Assert.False(Directory.Exists(Path.Combine(checkpoints, "target-0", "adapter")));

        var error = Assert.Throws<CheckpointException>(
            () => PeftExport.ToFolder(Path.Combine(checkpoints, "target-1"), Path.Combine(folder.Path, "taken")));

        Assert.Contains("--lora", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    });

    public void Dispose() => _world.Dispose();

    private void Run(RunPlan plan, Action<string> look)
    {
        _ = _world.With(Guid.NewGuid().ToString("N"), (store, feed, executor) =>
        {
            var labelled = new RunExecutor(store, feed, new PersonAtTheGate(TracedRun.Correct));   // so that T has pairs
            var run = executor.Create(plan.SendsAll(waitFor: 1)).Id;
            labelled.Execute(run, CancellationToken.None);
            Assert.Equal(RunStatus.Finished, store.Runs.Get(run).Status);
            look(Path.Combine(store.Folder, "runs", run.Value, "checkpoints"));
            return true;
        });
    }

    private static string? Sha(string checkpoint) => CheckpointManifest.Read(checkpoint)?.WeightsSha256;

    private static void AssertSame(string whole, string adapter)
    {
        using var expected = ModelFolder.Load(whole, torch.CPU);
        using var found = ModelFolder.Load(adapter, torch.CPU);
        SmallModels.AssertClose(
            SmallModels.LogitsAlone(expected.Model, s_text)[^1], SmallModels.LogitsAlone(found.Model, s_text)[^1], 1e-4);
    }
}
