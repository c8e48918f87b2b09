using System.Globalization;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Ids;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Endpoints;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.Guards;
using SEAS.Training.ModelFiles;
using SEAS.Training.Pairing;
using SEAS.Training.Review;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;
using SEAS.Training.World;
using SEAS.Web.Live;

namespace SEAS.Tests.Pins;

/// <summary>What names a configuration, a random stream and a row: stored runs are found and repeated by it.</summary>
public sealed class PlanPinTests
{
    private static readonly RunId s_run = new("embedded-1");

    /// <summary>A plan in which nothing is as usual.</summary>
    internal static RunPlan Unusual { get; } = Presets.Plan("smoke", seed: 7).WithAdapters(4) with
    {
        Device = "cpu",
        GuardModel = "models/guard",
        Weights = WeightPrecision.BFloat16,
        SharedBase = true,
        Chats = new ChatPlan { Red = "chatml", Target = "seas", Guard = "llama3" },
        Endpoints = new EndpointPlan
        {
            Target = new EndpointSettings
            {
                Url = "http://127.0.0.1:8000/v1", Model = "small", Style = EndpointStyle.Completions, Concurrency = 2, TimeoutSeconds = 30,
                Retries = 1,
            },
        },
        GuardFormat = "llama-guard-3",
        SeedSet = new SetReference("seeds", new string('a', 64)),
        InstructionSet = new SetReference("lessons", new string('b', 64)),
        EvaluationSets = [new SetReference("held", new string('c', 64)), new SetReference("other", new string('d', 64))],
        GuardFlipShare = 0.2,
        Review = new ReviewPlan { BandLow = 0.3, Disagreement = false, AuditShare = 0.5, WaitForLabels = 3 },
        Branch = new BranchPlan("smoke-1", 2),
    };

    [Fact]
    public void Plans_and_their_hashes_stay()
    {
        var pinned = new PinnedText();
        foreach (var (name, plan) in Plans())
        {
            pinned.Add($"{name}: {RunPlanText.Hash(plan)}", RunPlanText.Write(plan));
            Assert.Equal(RunPlanText.Write(plan), RunPlanText.Write(RunPlanText.Read(RunPlanText.Write(plan))));
        }

        pinned.AssertIs("plans.golden.txt");
    }

    [Fact]
    public void The_numbers_of_a_random_stream_stay() => new PinnedText()
        .Add("seed 1, stage", Numbers(new RandomStream(1, "stage")))
        .Add("seed 1, round-1/attack/prompt, 12.0", Numbers(new RandomStream(1, "round-1/attack/prompt", 12, 0)))
        .Add("seed 0, é, -1", Numbers(new RandomStream(0, "é", -1)))
        .Add("seed 2^64 - 1, empty, 1.2.3.4", Numbers(new RandomStream(ulong.MaxValue, "", 1, 2, 3, 4)))
        .AssertIs("draws/random.golden.txt");

    [Fact]
    public void What_is_drawn_from_named_streams_stays()
    {
        var plan = Presets.Plan("smoke", seed: 1);
        var inputs = new EmbeddedInputs(plan);
        var world = new EmbeddedWorld(1);
        new PinnedText()
            .Add("the seeds of a round", Enumerable.Range(0, 3).Select(at => Text(inputs.Seed(2, at))))
            .Add("the seeds of the matrix", Enumerable.Range(0, 2).Select(at => Text(inputs.MatrixSeed(at))))
            .Add("static prompts", inputs.StaticPrompts(4).Select(prompt => $"{prompt.Category}: {prompt.Text}"))
            .Add("ambiguous prompts", inputs.Ambiguous(3).Select(prompt => $"{prompt.Text} ({prompt.Subject})"))
            .Add("tasks", inputs.Tasks(3).Select(task => $"{task.Kind}: {task.Prompt} → {task.Expected}"))
            .Add("lessons of T", inputs.TargetInstructions(3).Select(row => $"{row.Prompt} → {row.Answer}"))
            .Add("general rows", inputs.GeneralRows(3, RoundTuning.GeneralStream(2)).Select(row => $"{row.Prompt} → {row.Answer}"))
            .Add("examples of R", inputs.RedExamples(2, "initialization").Select(row => $"{string.Join(" | ", row.Shots)} → {row.Next}"))
            .Add("lessons of the guard", world.GuardRows(DatasetSplit.Validation, 2).Select(row => $"{row.Prompt} → {row.Answer} ({row.Unsafe})"))
            .Add("names of streams", [AttackWriter.PromptStream(3), AttackWriter.AnswerStream(3), RoundTuning.GeneralStream(3)])
            .Add("order of T's pairs", Numbers(RoundSelection.Order(plan, 2)))
            .Add("place in the audit", Number(AuditShare.Place(plan, 2, 3, 1, 0)))
            .Add("batches", Batches())
            .AssertIs("draws/embedded.golden.txt");
    }

    [Fact]
    public void The_ids_of_rows_stay()
    {
        var prompt = new PromptId(s_run, 2, 12, 3);
        RowId[] ids =
        [
            prompt.From, prompt, prompt.Answer(4), prompt.Answer(4).Verdict, new LabelId(s_run, 31), new PairId(s_run, 2, ModelRole.Red, 17),
            new PairId(s_run, 2, ModelRole.Target, 0), new StepId(s_run, 2, ModelRole.Red, 1), new StepId(s_run, 2, ModelRole.Target, 40),
            new CheckpointId(s_run, ModelRole.Red, 0), new CheckpointId(s_run, ModelRole.Target, 3),
            new GeneralRowId(s_run, 2, ModelRole.Target, 5), new GeneralRowId(s_run, 2, ModelRole.Red, 5), new SetAnswerId(s_run, 0, 1, 17),
        ];

        Assert.Equal(ids, ids.Select(id => RowId.Parse(id.ToString())));
        new PinnedText().Add("rows", ids.Select(id => id.ToString())).Add("forms", RowId.Forms).AssertIs("ids.golden.txt");
    }

    private static IEnumerable<(string Name, RunPlan Plan)> Plans() =>
    [
        ("embedded", Presets.Plan("embedded", seed: 1)), ("smoke", Presets.Plan("smoke", seed: 1)), ("standard", new RunPlan()),
        ("unusual", Unusual),
    ];

    private static IEnumerable<string> Batches()
    {
        var settings = new TrainingSettings { BatchSize = 3, Accumulation = 2, Epochs = 2 };
        return BatchPlan.Create([5, 9, 2, 7, 7, 1, 8, 4, 3, 6, 2], 5, settings, new RandomStream(1, "batches")).Steps.Select(step =>
            $"epoch {step.Epoch}: {string.Join(" ; ", step.Passes.Select(pass => $"{Join(pass.Examples)} + {Join(pass.General)}"))}");
    }

    private static string Join(int[] places) => string.Join(' ', places);

    private static string Text(SeedShots seed) => $"{seed.Category}: {string.Join(" | ", seed.Shots)}";

    private static IEnumerable<string> Numbers(RandomStream stream) =>
        [$"{stream.NextUInt64()}", $"{stream.NextUInt64()}", Number(stream.NextDouble()), $"{stream.Next(1000)}", $"{stream.Next(7)}"];

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
