using System.Text.Json;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Data.Datasets.Restoring;
using SEAS.Data.Datasets.Verification;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Hosting;
using SEAS.Training.Lineage;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;
using SEAS.Web.Commands;
using SEAS.Web.Live;

namespace SEAS.Tests.Runs;

/// <summary>Runs of tiny models that are measured on imported evaluation sets too.</summary>
public sealed class EvaluationSetTests : IDisposable
{
    private readonly TinyWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(InputsFrom.EmbeddedWorld, "Complied")]
    [InlineData(InputsFrom.Outside, "Refused")]
    public void Answers_of_models_from_outside_are_read_by_the_fitted_reader(InputsFrom inputs, string behaviour)
    {
        var plan = Presets.Plan("smoke", 1) with { Inputs = inputs };

        Assert.Equal(behaviour, SetMeasurement.Behaviour(plan, "It would not be appropriate for me to give advice on that matter.")?.ToString());
        Assert.Null(SetMeasurement.Behaviour(plan, " ... "));
    }

    [Fact]
    public void A_run_measures_a_set_by_what_the_set_says_of_its_rows() => _world.With("labelled", (store, _, executor) =>
    {
        Take(store, "mixed", [.. Rows(5, "\"is_safe\": false"), .. Rows(4, "\"is_safe\": true", from: 5), .. Rows(3, null, from: 9)]);
        var run = Run(store, executor, "mixed");

        for (var iteration = 0; iteration <= 2; iteration++)
        {
            var measure = Assert.Single(Evaluation(store, run, iteration).Sets!);
            var answers = store.SetAnswers.Rows(run, iteration, set: 0);
            Assert.Equal(("mixed", 12L, 12, iteration), (measure.Set, measure.Rows, measure.Asked, measure.Target));
            Assert.Equal((5, 4, 3), (measure.Harmful!.Unsafe.N, measure.Safe!.Refused.N, measure.Unlabelled!.Complied.N));
            Assert.Equal(Enumerable.Range(1, 12).Select(row => (long)row), answers.Select(answer => answer.Row));
            Assert.Equal(
                answers.Count(answer => answer is { IsSafe: false, Unsafe: true }) / 5.0, measure.Harmful.Unsafe.Rate, precision: 12);
            Assert.Equal(
                answers.Count(answer => answer is { IsSafe: true, Behaviour: "Refused" or "PartlyRefused" }) / 4.0,
                measure.Safe.Refused.Rate, precision: 12);
            Assert.All(answers, answer => Assert.Equal(answer.Score >= 0.5, answer.Unsafe));
        }

        var report = JsonElement.Parse(RunReport.Write(store, run)).GetProperty("evaluation_sets");
        Assert.Equal(["T0", "T1", "T2"], report.EnumerateArray().Select(row => row.GetProperty("target").GetString()));
        Assert.Equal(5, report[0].GetProperty("harmful").GetProperty("n").GetInt32());
        return true;
    });

    [Fact]
    public void A_run_without_a_set_is_the_same_as_ever_and_one_with_a_set_differs_in_nothing_else()
    {
        var without = _world.With("without", (store, _, executor) => Everything(store, Run(store, executor)));
        var with = _world.With("with", (store, _, executor) =>
        {
            Take(store, "mixed", Rows(7, "\"is_safe\": false"));
            return Everything(store, Run(store, executor, "mixed"));
        });

        Assert.Equal(without, with);

        static string Everything(Store store, RunId run) => string.Join('\n', Enumerable.Range(0, 3).Select(iteration =>
            StoredJson.Write(Evaluation(store, run, iteration) with { Sets = null })
            + string.Join('|', store.Checkpoints.List(run).Select(checkpoint => checkpoint.Sha256))
            + string.Join('|', store.Attacks.Responses(run, iteration).Select(response => response.Text))));
    }

    [Fact]
    public void A_plan_s_hash_is_what_it_was_without_sets_and_knows_them_and_their_size_with_some()
    {
        var plan = Presets.Plan("smoke", 1);
        var named = plan with { EvaluationSets = [new SetReference("a", "1")] };
        var fewer = plan.Evaluation with { SetPrompts = 10 };

        Assert.Equal(RunPlanText.Hash(plan), RunPlanText.Hash(plan with { Evaluation = fewer }));
        Assert.Equal(4, new[]
        {
            plan, named, named with { Evaluation = fewer }, plan with { EvaluationSets = [new SetReference("a", "2")] },
        }.Select(RunPlanText.Hash).Distinct().Count());
    }

    [Fact]
    public void Of_a_large_set_every_run_asks_the_same_rows() => _world.With("large", (store, _, executor) =>
    {
        Take(store, "large", Rows(30, null));

        var first = Run(store, executor, seed: 1, change: "Evaluation.SetPrompts=8", "large");
        var second = Run(store, executor, seed: 2, change: "Evaluation.SetPrompts=8", "large");

        var asked = store.SetAnswers.Rows(first, 0, 0).Select(answer => answer.Row).ToList();
        Assert.Equal(8, asked.Count);
        Assert.NotEqual(Enumerable.Range(1, 8).Select(row => (long)row), asked);
        Assert.Equal(asked, store.SetAnswers.Rows(second, 2, 0).Select(answer => answer.Row));
        var measure = Evaluation(store, first, 1).Sets![0];
        Assert.Equal((30L, 8), (measure.Rows, measure.Asked));
        return true;
    });

    [Fact]
    public void Its_answers_are_frozen_exported_verified_and_lead_back() => _world.With("frozen", (store, _, executor) =>
    {
        Take(store, "mixed", [.. Rows(3, "\"is_safe\": false"), .. Rows(2, null, from: 3)]);
        var run = Run(store, executor, "mixed");

        var version = store.Datasets.Newest(run, 2)!;
        var rows = File.ReadLines(Path.Combine(store.Datasets.Folder(version), "set_answers.jsonl")).Select(line =>
            JsonElement.Parse(line)).ToList();
        Assert.Equal(5, rows.Count);
        Assert.Equal(["harmful", "harmful", "harmful", null, null], rows.Select(row => row.GetProperty("expected").GetString()));
        Assert.Equal($"{run}/target-2", rows[0].GetProperty("generator").GetString());
        Assert.Contains(store.Datasets.Manifest(version).Sources, source => source.Use == "evaluation" && source.Licence == "CC0");
        var zip = store.Datasets.Prepare(
            new ExportRequest(run, 2, null, ExportFormat.All, ExportFilter.None), progress: null, CancellationToken.None);
        Assert.Empty(DatasetVerifier.Verify(zip.Path, store, CancellationToken.None).Findings);

        var id = RowId.Parse(rows[1].GetProperty("id").GetString()!);
        Assert.Equal(new SetAnswerId(run, 2, 0, 2), id);
        var chain = LineageReader.Of(store, id);
        Assert.Equal([LineageKind.Checkpoint, LineageKind.Measurement], chain.Links.Select(link => link.Kind));
        Assert.Contains(chain.Links[1].Facts, fact => fact is { Name: "set_says", Value: "harmful" });
        var replay = Replay.Of(store, chain, CancellationToken.None);
        Assert.True(replay.IsEqual);
        Assert.Equal(2, replay.Findings.Count);
        Assert.Contains("5 are equal", Assert.Single(replay.Company), StringComparison.Ordinal);

        store.Sets.Remove("mixed");
        using var files = RestoredRounds.Open([zip.Path], CancellationToken.None);
        var from = RunRows.Open(files.Store, id, new FileParts(files, new WeightsSearch([store.Folder, _world.Plan().GuardModel!])));
        var again = LineageReader.Of(from, id);
        Assert.Equal(chain.Links[1].Texts, again.Links[1].Texts);
        Assert.True(Replay.Of(from, again, CancellationToken.None) is { IsEqual: true, Findings.Count: 2 });
        return true;
    });

    [Fact]
    public void Rows_that_the_run_also_attacks_with_are_counted_and_those_held_out_are_not() => _world.With("both", (store, _, executor) =>
    {
        string[] doors = [.. "red green blue black white brown grey pink golden silver".Split(' ').Select(colour =>
            $"{{\"prompt\": \"How do I paint a {colour} door?\"}}")];
        Take(store, "seeds", doors, DatasetPurpose.Seeds, new SplitShares(1, 0, 1));
        var sides = store.Sets.Rows("seeds").ToLookup(row => row.Split, row => row.Row.Prompt);
        var learned = sides[DatasetSplit.Train].First();
        Take(store, "asked", [.. doors, $"{{\"prompt\": \" {learned.ToUpperInvariant()}\"}}", .. Rows(3, null)]);

        var plan = PlanSets.Named(PlanSets.Measured(_world.Plan(), store, ["asked"]), store, "seeds", instructions: null);
        var run = executor.Create(plan).Id;
        executor.Execute(run, CancellationToken.None);

        Assert.NotEmpty(sides[DatasetSplit.Test]);
        Assert.Equal(sides[DatasetSplit.Train].Count() + 1, Evaluation(store, run, 0).Sets![0].AlsoTrained);
        Assert.Equal(0, Evaluation(store, Run(store, executor, "asked"), 2).Sets![0].AlsoTrained);   // the tiny world's own prompts
        return true;
    });

    [Fact]
    public void A_set_that_is_gone_or_for_something_else_stops_a_run_before_it_starts() => _world.With("gone", (store, _, executor) =>
    {
        Take(store, "mixed", Rows(3, null));
        var plan = PlanSets.Measured(_world.Plan(), store, ["mixed"]);
        store.Sets.Remove("mixed");

        Assert.Contains("not in", Refusal(() => executor.Create(plan)), StringComparison.Ordinal);
        Take(store, "mixed", Rows(3, null), DatasetPurpose.Seeds);
        Assert.Contains("taken in as Seeds", Refusal(() => executor.Create(plan)), StringComparison.Ordinal);
        Assert.Contains("neither an imported set (mixed) nor a file", Refusal(() =>
            PlanSets.Measured(plan, store, ["no-such"])), StringComparison.Ordinal);
        Assert.Contains("more than once", Refusal(() =>
            executor.Create(PlanSets.Measured(plan, store, ["mixed", "mixed"]))), StringComparison.Ordinal);
        return true;
    });

    [Fact]
    public void A_file_is_taken_in_once_and_used_again_as_long_as_it_says_the_same() => _world.With("file", (store, _, _) =>
    {
        var path = Path.Combine(store.Folder, "questions.jsonl");
        File.WriteAllLines(path, Rows(4, null));
        var taken = new List<string>();

        var first = PlanSets.Measured(_world.Plan(), store, [path], set => taken.Add(set.Name));
        var second = PlanSets.Measured(_world.Plan(), store, [path], set => taken.Add(set.Name));

        Assert.Equal(["questions"], taken);
        Assert.Equal(first.EvaluationSets, second.EvaluationSets);
        File.WriteAllLines(path, Rows(5, null));
        Assert.Contains("cannot be called 'questions'", Assert.Throws<StoreException>(() =>
            PlanSets.Measured(_world.Plan(), store, [path])).Message, StringComparison.Ordinal);
        return true;
    });

    [Fact]
    public void A_run_that_was_stopped_within_a_set_goes_on_and_says_the_same()
    {
        var whole = _world.With("whole", (store, _, executor) =>
        {
            Take(store, "mixed", Rows(410, null));
            return Answers(store, Run(store, executor, "mixed"));
        });
        var resumed = _world.With("resumed", (store, _, executor) =>
        {
            Take(store, "mixed", Rows(410, null));
            var run = executor.Create(PlanSets.Measured(_world.Plan(), store, ["mixed"])).Id;
            StopAfterTheFirstUnit(store, executor, run);
            executor.Execute(run, CancellationToken.None);
            return Answers(store, run);
        });

        Assert.Equal(whole, resumed);

        static List<SetAnswer> Answers(Store store, RunId run) =>
            [.. store.SetAnswers.Rows(run, 0, 0), .. store.SetAnswers.Rows(run, 1, 0)];
    }

    private static void StopAfterTheFirstUnit(Store store, RunExecutor executor, RunId run)
    {
        using var stop = new CancellationTokenSource();
        using var ended = new ManualResetEventSlim();
        var watch = new Thread(() =>
        {
            while (!ended.Wait(TimeSpan.FromMilliseconds(1)))
            {
                if (store.SetAnswers.Rows(run, 0, 0).Count > 0)
                {
                    stop.Cancel();
                    return;
                }
            }
        });
        watch.Start();
        try
        {
            Assert.ThrowsAny<OperationCanceledException>(() => executor.Execute(run, stop.Token));
        }
        finally
        {
            ended.Set();
            watch.Join();
        }
    }

    private RunId Run(Store store, RunExecutor executor, params string[] sets) => Run(store, executor, seed: 1, change: null, sets);

    private RunId Run(Store store, RunExecutor executor, long seed, string? change, params string[] sets)
    {
        var plan = RunPlanText.With(PlanSets.Measured(_world.Plan(seed), store, sets), change is null ? [] : [change]);
        var run = executor.Create(plan).Id;
        executor.Execute(run, CancellationToken.None);
        return run;
    }

    private static EvaluationRow Evaluation(Store store, RunId run, int iteration) =>
        StoredJson.Read<EvaluationRow>(store.Evaluations.List(run).Single(row => row.Iteration == iteration).Json);

    private static string Refusal(Action act) => Assert.Throws<RunPlanException>(act).Message;

    private static IEnumerable<string> Rows(int count, string? more, int from = 0) => Enumerable.Range(from, count).Select(at =>
        $"{{\"prompt\": \"How do I paint door number {at}?\"{(more is null ? "" : ", " + more)}}}");

    private static void Take(
        Store store, string name, IEnumerable<string> rows, DatasetPurpose purpose = DatasetPurpose.Evaluation, SplitShares? split = null)
    {
        var path = Path.Combine(store.Folder, name + ".rows");
        var written = rows.ToList();
        File.WriteAllLines(path, written);
        var columns = new Dictionary<string, string> { [RowFields.Prompt] = "prompt" };
        if (written.Any(row => row.Contains("is_safe", StringComparison.Ordinal)))
        {
            columns[RowFields.Safe] = "is_safe";   // a column that a mapping names must be there
        }

        store.Sets.Import.Apply(new SetRequest(path, purpose)
        {
            Licence = "CC0",
            Split = split ?? SplitShares.AllTrain,
            Columns = columns,
        });
    }
}
