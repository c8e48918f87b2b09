using System.Text;
using System.Text.Json;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Tests.Endpoints;
using SEAS.Training.Hosting;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;
using SEAS.Training.World;

namespace SEAS.Tests.Runs;

/// <summary>Whole runs on models and prompts from outside.</summary>
[Collection("endpoint keys")]
public sealed class OutsideRunTests : IDisposable
{
    private readonly OutsideWorld _world = new();

    [Fact]
    public async Task Nothing_of_the_embedded_world_takes_part_and_what_nobody_brought_is_not_measured()
    {
        await using var server = await ScriptedServer.StartAsync((context, body, _) => ScriptedServer.ChatAsync(context, Verdict(body)));
        RunId run;
        using (var store = _world.Open("data"))
        {
            var plan = _world.Plan(store, server.Url);
            run = Run(store, plan with { RedUpdate = plan.RedUpdate with { Reference = ReferencePolicy.Initial, PairsPerSeed = PairsPerSeed.All } });
            var report = JsonDocument.Parse(RunReport.Write(store, run)).RootElement;

            Assert.Equal(JsonValueKind.Null, report.GetProperty("over_refusal").ValueKind);
            Assert.Equal(JsonValueKind.Null, report.GetProperty("usefulness").ValueKind);
            Assert.Equal(JsonValueKind.Null, report.GetProperty("guard").ValueKind);
            Assert.Equal(6, report.GetProperty("static_asr")[0].GetProperty("n").GetInt32());
            Assert.All(report.GetProperty("diversity").EnumerateArray(), row => Assert.Equal(JsonValueKind.Null, row.GetProperty("not_fluent").ValueKind));
            Assert.Equal(RunPlanText.Hash(RunPlanText.Read(store.Runs.Get(run).PlanJson)), report.GetProperty("config_hash").GetString());

            // Held to the initial model, R's margin has a beginning in round 2; held to the model before, T's has none.
            Assert.True(store.Pairs.Load(run, 2, ModelRole.Red).Count > 0 && store.Pairs.Load(run, 2, ModelRole.Target).Count > 0);
            Assert.NotEqual(0, First(store, run, "red/train/rewards/margins"), 1e-9);
            Assert.Equal(0, First(store, run, "target/train/rewards/margins"), 1e-5);
        }

        var told = string.Join('\n', server.Asked.Select(asked => asked.Body.GetRawText()));
        Assert.Empty(TextsOfTheWorldIn(_world.Folder, told));
        await File.WriteAllTextAsync(Path.Combine(_world.Folder, "data", "note.txt"), WorldTexts[7]);
        Assert.Equal([WorldTexts[7]], TextsOfTheWorldIn(_world.Folder, told));   // the search can find
    }

    [Fact]
    public async Task R_evolves_alone_against_a_target_of_this_machine_that_stays_what_it_is()
    {
        await using var server = await ScriptedServer.StartAsync((context, body, _) => ScriptedServer.ChatAsync(context, Verdict(body)));
        using var store = _world.Open("frozen");
        var run = Run(store, _world.Plan(store, server.Url, "attack-only"));

        Assert.Equal(
            [(ModelRole.Red, 0), (ModelRole.Red, 1), (ModelRole.Red, 2), (ModelRole.Target, 0)],
            store.Checkpoints.List(run).Select(checkpoint => (checkpoint.Role, checkpoint.Iteration)).Order());
        var asr = JsonDocument.Parse(RunReport.Write(store, run)).RootElement.GetProperty("static_asr").EnumerateArray()
            .Select(row => row.GetProperty("asr").GetDouble()).ToList();
        Assert.Equal(3, asr.Count);
        Assert.Single(asr.Distinct());   // the same model against the same prompts
        Assert.Equal(2, store.Datasets.Newest(run, 2) is { Round: 2 } newest ? newest.Round : 0);
    }

    [Theory]
    [InlineData("safe", "all 54 answers were called safe")]
    [InlineData("unsafe\nS1", "all 54 answers were called unsafe")]
    public async Task A_round_without_any_pair_says_why_and_changes_no_model(string verdict, string expected)
    {
        await using var server = await ScriptedServer.StartAsync((context, _, _) => ScriptedServer.ChatAsync(context, verdict));
        using var store = _world.Open(verdict[..4]);
        var run = Run(store, _world.Plan(store, server.Url) with { Rounds = 1 });

        var alerts = store.Events.After(run, 0).Where(happened => happened.Kind == EventKinds.Alert).Select(happened => happened.Json).ToList();
        Assert.Contains(alerts, alert => alert.Contains(expected, StringComparison.Ordinal));
        Assert.Empty(store.Pairs.Load(run, 1, ModelRole.Target));
        Assert.Equal(
            store.Checkpoints.Find(run, ModelRole.Target, 0)!.Sha256, store.Checkpoints.Find(run, ModelRole.Target, 1)!.Sha256);
    }

    public void Dispose() => _world.Dispose();

    private static RunId Run(Store store, RunPlan plan)
    {
        using var feed = new RunFeed(store, TimeProvider.System);
        var executor = new RunExecutor(store, feed);
        var run = executor.Create(plan).Id;
        executor.Execute(run, CancellationToken.None);
        return run;
    }

    private static double First(Store store, RunId run, string metric) =>
        store.Metrics.Series(run, metric, 2, 0).First(point => point.Step == 1).Value;

    // Unsafe where the conversation has an even number of characters: verdicts of both kinds, known beforehand.
    private static string Verdict(JsonElement body) => body.GetRawText().Length % 2 == 0 ? "unsafe\nS1" : "safe";

    private static string[] WorldTexts { get; } = Texts();

    private static string[] Texts()
    {
        var world = new EmbeddedWorld(1);
        return
        [
            .. world.AttackPrompts(DatasetSplit.Test, 60, "static").Select(prompt => prompt.Text),
            .. world.AttackPrompts(DatasetSplit.Train, 60, "x").Select(prompt => prompt.Text),
            .. world.Ambiguous(DatasetSplit.Test, 60).Select(prompt => prompt.Text),
            .. world.Tasks(DatasetSplit.Test, 60).Select(task => task.Prompt),
            .. world.GeneralRows(60, "round-1/general").Select(row => row.Prompt),
            .. world.TargetInstructions(60).SelectMany(row => new[] { row.Prompt, row.Answer }),
            "embedded-guard", "SEAS embedded world",
        ];
    }

    // Files as they lie, texts escaped in JSON too: none of the world's has a letter that needs it.
    private static List<string> TextsOfTheWorldIn(string folder, string more)
    {
        var all = new StringBuilder(more);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            all.Append('\n').Append(Encoding.Latin1.GetString(File.ReadAllBytes(file)));
        }

        var text = all.ToString();
        return [.. WorldTexts.Where(known => known.Length >= 15 && text.Contains(known, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];
    }
}
