using System.Globalization;
using System.Text.Json.Nodes;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Hosting;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Runs;

/// <summary>Runs that were stopped and go on where a file was damaged meanwhile: never silently with other figures.</summary>
public sealed class DamagedResumeTests : IDisposable
{
    private readonly TinyWorld _world = new();

    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("manifest.json")]
    [InlineData("model.safetensors")]
    public void A_damaged_checkpoint_is_refused_by_name_and_a_restored_one_goes_on_to_the_same_figures(string file)
    {
        var expected = Undisturbed(OneRound());
        _world.With("stopped", (store, _, executor) =>
        {
            var run = executor.Create(OneRound()).Id;
            StopWhen(executor, run, () => store.Checkpoints.Find(run, ModelRole.Target, 0) is not null);
            var path = Path.Combine(store.Folder, "runs", run.Value, "checkpoints", "target-0", file);
            var before = File.ReadAllBytes(path);
            if (file == "tokenizer.json")
            {
                SwapTwoIds(path);   // well-formed, and every text means something else
            }
            else
            {
                DamagedCheckpointTests.Flip(path);
            }

            var error = Assert.Throws<CheckpointException>(() => executor.Execute(run, CancellationToken.None));

            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Equal((RunStatus.Failed, error.Message), (store.Runs.Get(run).Status, store.Runs.Get(run).Error));
            File.WriteAllBytes(path, before);
            executor.Execute(run, CancellationToken.None);
            Assert.Equal(expected, TinyWorld.Figures(store, run));
            return true;
        });
    }

    [Theory]
    [InlineData("red")]
    [InlineData("target")]
    [InlineData("guard")]
    public void A_model_that_the_run_was_given_may_not_change_while_it_lasts(string model)
    {
        _world.With("given", (store, _, executor) =>
        {
            var plan = OneRound();
            var run = executor.Create(plan).Id;
            StopWhen(executor, run, () => store.GivenFiles.Of(run, model).Count > 0);
            Assert.Equal(
                ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"],
                store.GivenFiles.Of(run, model).Keys.Where(name => name != "chat_template.jinja").Order(StringComparer.Ordinal));
            var folder = model switch { "red" => plan.RedModel!, "target" => plan.TargetModel!, _ => plan.GuardModel! };
            SwapTwoIds(Path.Combine(folder, "tokenizer.json"));

            var error = Assert.Throws<CheckpointException>(() => new GivenFiles(store, run).Open(model, folder, () => true));

            Assert.Contains(folder, error.Message, StringComparison.Ordinal);
            Assert.Contains("the SHA-256 of tokenizer.json should be", error.Message, StringComparison.Ordinal);
            return true;
        });
    }

    [Fact]
    public void A_file_of_prompts_that_the_run_was_given_may_not_change_while_it_lasts()
    {
        _world.With("given", (store, _, executor) =>
        {
            var run = executor.Create(OneRound()).Id;
            var seeds = Path.Combine(store.Folder, "seeds.csv");
            File.WriteAllText(seeds, "prompt\nPaint a fence\n");
            new GivenFiles(store, run).Require("seeds", seeds);
            new GivenFiles(store, run).Require("seeds", seeds);
            File.WriteAllText(seeds, "prompt\nPaint a house\n");

            var error = Assert.Throws<CheckpointException>(() => new GivenFiles(store, run).Require("seeds", seeds));

            Assert.Contains($"The file {seeds} (the run's seeds) is not what it was", error.Message, StringComparison.Ordinal);
            return true;
        });
    }

    [Theory]
    [InlineData(".safetensors", true)]
    [InlineData(".json", true)]
    [InlineData(".json", false)]
    public void A_damaged_save_within_a_stage_is_told_by_name_and_what_was_kept_before_it_is_taken(string ending, bool onlyTheNewest)
    {
        var plan = OneRound() with { Optimize = new() { SaveEverySteps = 1 } };
        plan = plan with { TargetInitialization = plan.TargetInitialization with { Examples = 600 } };
        var expected = Undisturbed(plan);
        _world.With("stopped", (store, feed, executor) =>
        {
            var run = executor.Create(plan).Id;
            var kept = Path.Combine(store.Folder, "runs", run.Value, "checkpoints", "target-0.training");
            StopWhen(executor, run, () => Directory.Exists(kept) && Directory.GetFiles(kept, "step-*.json").Length == 2);
            var pages = Directory.GetFiles(kept, "step-*.json").OrderDescending(StringComparer.Ordinal).ToList();
            Assert.Equal(2, pages.Count);
            foreach (var page in onlyTheNewest ? pages[..1] : pages)
            {
                DamagedCheckpointTests.Flip(Path.ChangeExtension(page, ending));
            }

            executor.Execute(run, CancellationToken.None);

            feed.Flush();
            var told = store.Events.After(run, 0).ToList();
            var alerts = told.Where(happened => happened.Kind == EventKinds.Alert)
                .Select(happened => StoredJson.Read<AlertEvent>(happened.Json).Text).Where(text => text.Contains(kept, StringComparison.Ordinal)).ToList();
            Assert.Equal(onlyTheNewest ? 1 : 2, alerts.Count);
            Assert.Contains(pages[0], alerts[0], StringComparison.Ordinal);
            Assert.Contains("What was kept before it is taken", alerts[0], StringComparison.Ordinal);
            var takenUp = told.Where(happened => happened.Kind == EventKinds.TrainingTakenUp)
                .Select(happened => StoredJson.Read<TrainingTakenUpEvent>(happened.Json).Step).ToList();
            Assert.Equal(onlyTheNewest ? [int.Parse(Path.GetFileNameWithoutExtension(pages[1])["step-".Length..], CultureInfo.InvariantCulture)] : [], takenUp);
            Assert.Equal(expected, TinyWorld.Figures(store, run));
            return true;
        });
    }

    [Fact]
    public void A_damaged_plan_is_refused_before_anything_is_done()
    {
        _world.With("plan", (_, _, executor) =>
        {
            var run = executor.Create(OneRound());
            var changed = run with { PlanJson = run.PlanJson.Replace("\"PromptsPerSeed\":3", "\"PromptsPerSeed\":2", StringComparison.Ordinal) };
            Assert.NotEqual(run.PlanJson, changed.PlanJson);

            var error = Assert.Throws<StoreException>(() => RunPlanText.Of(changed));

            Assert.Contains($"its hash should be {run.ConfigHash}", error.Message, StringComparison.Ordinal);
            Assert.Throws<StoreException>(() => RunPlanText.Of(run with { Seed = 9 }));
            Assert.Throws<StoreException>(() => RunPlanText.Of(run with { PlanJson = run.PlanJson.Replace('"', '\'') }));
            Assert.Equal(run.PlanJson, RunPlanText.Write(RunPlanText.Of(run)));
            return true;
        });
    }

    public void Dispose() => _world.Dispose();

    private RunPlan OneRound() => _world.Plan() with { Rounds = 1 };

    private string Undisturbed(RunPlan plan) => _world.With("undisturbed", (store, _, executor) =>
    {
        var run = executor.Create(plan).Id;
        executor.Execute(run, CancellationToken.None);
        return TinyWorld.Figures(store, run);
    });

    private static void SwapTwoIds(string tokenizer)
    {
        var json = JsonNode.Parse(File.ReadAllText(tokenizer))!;
        var vocabulary = json["model"]!["vocab"]!.AsObject();
        var (one, other) = (vocabulary.First(token => (int)token.Value! == 300).Key, vocabulary.First(token => (int)token.Value! == 301).Key);
        (vocabulary[one], vocabulary[other]) = (301, 300);
        File.WriteAllText(tokenizer, json.ToJsonString());
    }

    private static void StopWhen(RunExecutor executor, RunId run, Func<bool> isTime)
    {
        using var stop = new CancellationTokenSource();
        var watch = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                if (isTime())
                {
                    stop.Cancel();
                }

                stop.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(1));
            }
        });
        watch.Start();
        try
        {
            Assert.Throws<OperationCanceledException>(() => executor.Execute(run, stop.Token));
        }
        finally
        {
            stop.Cancel();
            watch.Join();
        }
    }
}
