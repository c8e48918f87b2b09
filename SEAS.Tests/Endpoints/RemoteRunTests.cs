using System.Text;
using System.Text.Json;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Datasets.Restoring;
using SEAS.Data.Datasets.Verification;
using SEAS.Tests.Runs;
using SEAS.Training.Endpoints;
using SEAS.Training.Guards;
using SEAS.Training.Lineage;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;
using SEAS.Web.Live;

namespace SEAS.Tests.Endpoints;

/// <summary>Whole runs with models behind endpoints.</summary>
[Collection("endpoint keys")]
public sealed class RemoteRunTests : IDisposable
{
    private readonly RemoteRun _remote = new();

    [Fact]
    public async Task R_evolves_against_a_target_that_stays_judged_by_a_guard_elsewhere()
    {
        await using var server = await ScriptedServer.StartAsync((context, body, _) => RemoteRun.AnswerAsync(context, body));
        var plan = _remote.Plan(server.Url, EndpointRole.Target, EndpointRole.Judge);

        _remote.World.With("both", (store, _, executor) =>
        {
            var run = executor.Create(plan).Id;
            executor.Execute(run, CancellationToken.None);

            Assert.Equal(RunStatus.Finished, store.Runs.Get(run).Status);
            Assert.Equal([(ModelRole.Red, 0), (ModelRole.Red, 1), (ModelRole.Red, 2)],
                store.Checkpoints.List(run).Select(checkpoint => (checkpoint.Role, checkpoint.Iteration)).Order());
            var prompts = store.Attacks.Prompts(run, 1).ToDictionary(
                prompt => (prompt.SeedIndex, prompt.PromptIndex), prompt => prompt.Text);
            var answers = store.Attacks.Responses(run, 1).ToDictionary(
                answer => (answer.SeedIndex, answer.PromptIndex, answer.AnswerIndex));
            Assert.All(answers, answer => Assert.StartsWith(
                prompts[(answer.Key.SeedIndex, answer.Key.PromptIndex)].Length > 0 ? "Answer True " : "", answer.Value.Text,
                StringComparison.Ordinal));
            Assert.All(store.Attacks.Verdicts(run, 1), verdict =>
            {
                var read = GuardPrompt.Render(
                    prompts[(verdict.SeedIndex, verdict.PromptIndex)],
                    answers[(verdict.SeedIndex, verdict.PromptIndex, verdict.AnswerIndex)].Text);
                Assert.Equal(RemoteRun.Score(read), verdict.Score, 1e-9);
            });

            var rows = store.Evaluations.List(run).Select(row => StoredJson.Read<EvaluationRow>(row.Json)).ToList();
            Assert.Equal([0, 1, 2], rows.Select(row => row.Static!.Target));
            Assert.Single(rows.Select(row => row.Static!.Asr).Distinct());   // the same model
            var cells = rows.SelectMany(row => row.Cells).ToDictionary(cell => (cell.Red, cell.Target));
            Assert.Equal(9, cells.Count);
            Assert.All(cells, cell => Assert.Equal(cells[(cell.Key.Red, 0)].Asr, cell.Value.Asr));
            Assert.Contains("\"R2\"", RunReport.Write(store, run), StringComparison.Ordinal);
            Lineage(store, run, plan);
            Manifest(store, run, server);
            return true;
        });

        var perIterate = plan.Evaluation.MatrixAttacks;
        var once = plan.Evaluation.StaticPrompts + plan.Evaluation.Ambiguous + plan.Evaluation.Tasks;
        Assert.InRange(server.Asked.Count(asked => Model(asked.Body) == "attacked"), 1, (2 * 54) + once + (3 * perIterate));
    }

    [Fact]
    public async Task T_is_hardened_against_an_attacker_that_stays()
    {
        await using var server = await ScriptedServer.StartAsync((context, body, _) => RemoteRun.AnswerAsync(context, body));

        _remote.World.With("red", (store, _, executor) =>
        {
            var run = executor.Create(_remote.Plan(server.Url, EndpointRole.Red)).Id;
            executor.Execute(run, CancellationToken.None);

            Assert.Equal([ModelRole.Target], store.Checkpoints.List(run).Select(checkpoint => checkpoint.Role).Distinct());
            Assert.All(store.Attacks.Prompts(run, 1), prompt => Assert.StartsWith("How do I sort", prompt.Text, StringComparison.Ordinal));
            Assert.Equal(3, store.Evaluations.List(run).Count);
            return true;
        });

        Assert.All(server.Asked, asked => Assert.Equal("attacker", Model(asked.Body)));
    }

    [Fact]
    public async Task A_server_that_breaks_in_the_middle_loses_no_finished_unit_and_the_run_goes_on()
    {
        var isBroken = 0;
        await using var server = await ScriptedServer.StartAsync((context, body, number) =>
            number > 160 && Interlocked.CompareExchange(ref isBroken, 0, 0) == 0
                ? ScriptedServer.ErrorAsync(context, 400, "<html>out of order")
                : RemoteRun.AnswerAsync(context, body));
        var plan = _remote.Plan(server.Url, EndpointRole.Target, EndpointRole.Judge);
        var (run, before) = _remote.World.With("broken", (store, _, executor) =>
        {
            var created = executor.Create(plan).Id;
            Assert.Throws<EndpointException>(() => executor.Execute(created, CancellationToken.None));
            Assert.Equal(RunStatus.Failed, store.Runs.Get(created).Status);
            Assert.Contains("out of order", store.Runs.Get(created).Error, StringComparison.Ordinal);
            return (created, store.Units.Done(created));
        });
        Assert.NotEmpty(before);
        Interlocked.Exchange(ref isBroken, 1);

        var figures = _remote.World.With("broken", (store, _, executor) =>
        {
            executor.Execute(run, CancellationToken.None);
            Assert.Superset(before.ToHashSet(), store.Units.Done(run).ToHashSet());
            return TinyWorld.Figures(store, run);
        });

        await using var calm = await ScriptedServer.StartAsync((context, body, _) => RemoteRun.AnswerAsync(context, body));
        var undisturbed = _remote.World.With("calm", (store, _, executor) =>
        {
            var id = executor.Create(_remote.Plan(calm.Url, EndpointRole.Target, EndpointRole.Judge)).Id;
            executor.Execute(id, CancellationToken.None);
            return TinyWorld.Figures(store, id);
        });
        Assert.Equal(WithoutHash(undisturbed), WithoutHash(figures));   // the server's port is part of the plan

        static string WithoutHash(string figures) => string.Join('\n', figures.Split('\n')
            .Where(line => !line.Contains("config_hash", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_guard_without_probabilities_is_taken_at_its_word_and_that_is_said()
    {
        await using var server = await ScriptedServer.StartAsync((context, _, number) => ScriptedServer.ChatAsync(
            context, (number % 7) switch { 0 => "I cannot help with that.", < 4 => "Unsafe\nS1", _ => "**safe**" }));

        _remote.World.With("words", (store, _, executor) =>
        {
            var run = executor.Create(_remote.Plan(server.Url, EndpointRole.Judge)).Id;
            executor.Execute(run, CancellationToken.None);

            var verdicts = store.Attacks.Verdicts(run, 1);
            Assert.Equal(new HashSet<double> { 0, 1 }, verdicts.Select(verdict => verdict.Score).ToHashSet());
            var unscored = store.Units.List(run, 1, RunStage.Judge)
                .Sum(unit => StoredJson.Read<JudgedUnit>(unit.ResultJson).Unscored ?? 0);
            Assert.InRange(unscored, 1, store.Attacks.Responses(run, 1).Count / 4);
            Assert.Equal(store.Attacks.Responses(run, 1).Count, verdicts.Count + unscored);
            var waiting = store.Review.Items.Page(run, new ReviewFilter(), limit: int.MaxValue)
                .Where(item => item.Round == 1 && item.Reasons.HasFlag(ReviewReasons.Unscored)).ToList();
            Assert.NotEmpty(waiting);
            Assert.All(waiting, item => Assert.Null(item.Score));
            Assert.Single(store.Events.After(run, 0), happened => happened.Kind == EventKinds.Alert
                && happened.Json.Contains("its word alone counts", StringComparison.Ordinal));
            return true;
        });
    }

    [Fact]
    public async Task Questions_that_get_no_answer_are_in_no_figure_and_end_nothing()
    {
        await using var server = await ScriptedServer.StartAsync((context, body, number) => (number % 5) switch
        {
            0 => ScriptedServer.ErrorAsync(context, 400, "Input data may contain inappropriate content.", "data_inspection_failed"),
            1 => Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response,
                """{"choices": [{"finish_reason": "length", "message": {"content": null, "reasoning_content": "First"}}]}"""),
            _ => RemoteRun.AnswerAsync(context, body),
        });
        var plan = _remote.Plan(server.Url, EndpointRole.Target);

        _remote.World.With("missing", (store, _, executor) =>
        {
            var run = executor.Create(plan).Id;
            executor.Execute(run, CancellationToken.None);

            Assert.Equal(RunStatus.Finished, store.Runs.Get(run).Status);
            var missing = MissingAnswer.Of(store, run, 1);
            var judged = store.Attacks.Verdicts(run, 1).Select(verdict => (verdict.SeedIndex, verdict.PromptIndex, verdict.AnswerIndex)).ToHashSet();
            Assert.NotEmpty(missing);
            Assert.Empty(judged.Intersect(missing));
            Assert.Equal(store.Attacks.Responses(run, 1).Count, judged.Count + missing.Count);
            var row = StoredJson.Read<EvaluationRow>(store.Evaluations.List(run)[0].Json).Static!;
            Assert.Equal([AnswerOutcome.Withheld, AnswerOutcome.NoAnswer], row.Missing!.Keys.Order());
            Assert.Equal(plan.Evaluation.StaticPrompts, row.Asr.N + row.Missing.Values.Sum());
            return true;
        });
    }

    [Fact]
    public async Task A_guard_that_does_not_judge_ends_the_run()
    {
        await using var server = await ScriptedServer.StartAsync(
            (context, _, _) => ScriptedServer.ChatAsync(context, "Certainly! Here is"));

        var error = _remote.World.With("chatty", (_, _, executor) => Assert.Throws<EndpointException>(
            () => executor.Execute(executor.Create(_remote.Plan(server.Url, EndpointRole.Judge)).Id, CancellationToken.None)));

        Assert.Contains("does not judge", error.Message, StringComparison.Ordinal);
        Assert.Contains("Certainly! Here is", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _remote.Dispose();

    private static void Lineage(SEAS.Data.Store store, RunId run, RunPlan plan)
    {
        var id = RowId.Parse($"{run}/r2/s1/p1/a1");
        var chain = LineageReader.Of(store, id);
        var answer = chain.Find(id)!;
        Assert.Equal(plan.Endpoints.Target!.Name, Fact(answer, "endpoint"));
        Assert.Equal(["attacked-2"], (IReadOnlyList<string>)Fact(answer, "answered_by")!);
        var writer = chain.Links.Single(link => link.Id is CheckpointId { Role: ModelRole.Target, Iteration: 1 });
        Assert.Equal("attacked", Fact(writer, "model"));

        var replay = Replay.Of(store, chain, CancellationToken.None);
        Assert.True(replay.IsEqual);
        Assert.Contains(replay.Company, line =>
            line.Contains("answers came from attacked at", StringComparison.Ordinal)
            && line.Contains("cannot be written again", StringComparison.Ordinal));
        Assert.Contains(replay.Findings, finding => finding.What == "prompt");   // R's weights are here
        Assert.DoesNotContain(replay.Findings, finding => finding.What is "answer" or "score");

        // The same from what was exported, where no store says anything.
        var zip = store.Datasets.Prepare(
            new ExportRequest(run, null, null, ExportFormat.All, ExportFilter.None), progress: null, CancellationToken.None);
        using var files = RestoredRounds.Open([zip.Path], CancellationToken.None);
        var from = RunRows.Open(files.Store, id, new FileParts(files, new WeightsSearch([store.Folder])));
        var again = LineageReader.Of(from, id);
        Assert.Equal(plan.Endpoints.Target!.Name, Fact(again.Find(id)!, "endpoint"));
        Assert.Equal(["attacked-2"], (IReadOnlyList<string>)Fact(again.Find(id)!, "answered_by")!);
        var second = Replay.Of(from, again, CancellationToken.None);
        Assert.True(second.IsEqual);
        Assert.Contains(second.Company, line => line.Contains("cannot be written again", StringComparison.Ordinal));
        Assert.Equal(
            replay.Findings.Select(finding => (finding.What, finding.Id)), second.Findings.Select(finding => (finding.What, finding.Id)));

        static object? Fact(LineageLink link, string name) => link.Facts.FirstOrDefault(fact => fact.Name == name)?.Value;
    }

    private static void Manifest(SEAS.Data.Store store, RunId run, ScriptedServer server)
    {
        var version = store.Datasets.Newest(run, 2)!;
        var models = store.Datasets.Manifest(version).Models;
        Assert.Equal(["wrote the prompts", "gave the answers", "judged", "tuned on red_pairs"], models.Select(model => model.Use));
        Assert.Equal(
            $"attacked at {new Uri(server.Url).Authority}, answered by attacked-2",
            models.Single(model => model.Use == "gave the answers").Endpoint);
        Assert.Equal(ManifestModel.NoWeights, models.Single(model => model.Use == "judged").Sha256);
        Assert.Empty(DatasetVerifier.Verify(store.Datasets.Folder(version), store, CancellationToken.None).Findings);
    }

    private static string? Model(JsonElement body) => body.GetProperty("model").GetString();
}
