using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Tests.Storage;
using SEAS.Training.Inputs;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Text.Chat;

namespace SEAS.Tests.Runs;

public sealed class OutsideInputsTests : IDisposable
{
    private readonly StoreFolder _at = new();
    private readonly RunPlan _plan = Presets.Plan("small", seed: 1);

    public void Dispose() => _at.Dispose();

    [Fact]
    public void What_is_needed_and_not_given_is_asked_for_all_at_once()
    {
        var problems = RunPlanValidation.Problems(_plan).ToList();

        string[] asked = ["--red DIR", "--target DIR", "--guard DIR", "--seeds", "TargetInitialization.Examples is 5000", "TargetUpdate.GeneralRows is [700"];
        Assert.Equal(asked.Length, problems.Count);
        Assert.All(asked, what => Assert.Contains(problems, problem => problem.Contains(what, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_embedded_world_s_presets_and_its_guard_s_format_are_refused_by_name()
    {
        var problems = RunPlanValidation.Problems(Presets.Plan("smoke", 1) with { Inputs = InputsFrom.Outside }).ToList();

        Assert.Contains(problems, problem => problem.Contains("'smoke'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("'seas'", StringComparison.Ordinal));
    }

    // Type A has 90 rows and B 10: by rows about one seed in ten is B's, by types about one in two.
    [Theory]
    [InlineData(TypeSampling.Rows, 60, 140)]
    [InlineData(TypeSampling.Types, 440, 560)]
    public void Types_are_drawn_by_their_rows_or_evenly(TypeSampling sampling, int least, int most)
    {
        var rows = Enumerable.Range(0, 90).Select(at => new TypedPrompt("A", $"a {at}")).Concat(
            Enumerable.Range(0, 10).Select(at => new TypedPrompt("B", $"b {at}"))).ToList();
        var inputs = new OutsideInputs(_plan with { Attack = _plan.Attack with { TypeSampling = sampling } }, new SeedPrompts(rows, []), general: null);

        Assert.InRange(Enumerable.Range(0, 1000).Count(index => inputs.Seed(1, index).Category == "B"), least, most);
    }

    [Fact]
    public void What_R_learns_is_never_among_what_it_is_shown()
    {
        var rows = Enumerable.Range(0, 4).Select(at => new TypedPrompt("A", $"row {at}")).ToList();
        var inputs = new OutsideInputs(_plan, new SeedPrompts(rows, []), general: null);

        Assert.All(inputs.RedExamples(50, "initialization"), row => Assert.Equal(4, row.Shots.Append(row.Next).Distinct().Count()));
    }

    [Fact]
    public void Prompts_of_several_lines_stay_apart()
    {
        TypedPrompt[] rows = [new("A", "one\ntwo"), new("A", "three\r\nfour"), new("A", "five"), new("A", "six")];
        var inputs = new OutsideInputs(_plan, new SeedPrompts(rows, []), general: null);

        Assert.All(Enumerable.Range(0, 20), index =>
        {
            var shown = RedPrompt.Shown(RedPrompt.Render(inputs.Seed(1, index).Shots));
            Assert.Equal(3, shown.Split('\n').Count(line => !line.StartsWith("  ", StringComparison.Ordinal)));
        });
    }

    [Fact]
    public void Of_fewer_than_five_seeds_none_is_held_out_and_none_of_the_attacks_is_called_so()
    {
        var plan = _plan with { SeedFile = Write(["a", "b", "c", "d"]) };

        Assert.Empty(RunInputs.Open(plan, _at.Store).StaticPrompts(10));
        Assert.Contains(RunInputs.Notices(plan, _at.Store), notice => notice.StartsWith("4 seeds are too few", StringComparison.Ordinal));
    }

    [Fact]
    public void Seeds_that_cannot_be_used_are_named_with_their_rows()
    {
        var plan = _plan with
        {
            SeedFile = Write(["fine 1", "fine 2", "", new string('x', 10_000_000), "fine 3", "fine 4", "fine 5", "fine 6"], small: "fine 6"),
        };

        var problems = RunInputs.Problems(plan, _at.Store).ToList();

        Assert.Contains(problems, problem => problem.Contains("1 rows of seeds.jsonl cannot be read: row 3", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("row 4 of 10000000 characters", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("The type 'Small' has 1 rows", StringComparison.Ordinal)
            || problem.Contains("The type 'Type_A'", StringComparison.Ordinal));
    }

    [Fact]
    public void Seeds_without_a_type_count_as_one_type_and_are_counted_aloud()
    {
        var path = Path.Combine(_at.Folder, "bare.jsonl");
        File.WriteAllLines(path, Enumerable.Range(0, 10).Select(at => $"{{\"prompt\": \"row {at}\"}}"));
        var plan = _plan with { SeedFile = path };

        Assert.DoesNotContain(RunInputs.Problems(plan, _at.Store), problem => problem.Contains("type", StringComparison.Ordinal));
        Assert.Contains(RunInputs.Notices(plan, _at.Store), notice => notice.StartsWith("10 of 10 seeds have no type", StringComparison.Ordinal));
    }

    [Fact]
    public void Evaluation_rows_that_are_also_attacked_with_are_named()
    {
        var seeds = Write([.. Enumerable.Range(0, 10).Select(at => $"row {at}")]);
        var held = RunInputs.Open(_plan with { SeedFile = seeds }, _at.Store).Trained.First();
        var path = Path.Combine(_at.Folder, "held.csv");
        File.WriteAllLines(path, ["prompt,label", "another,safe", $"{held.ToUpperInvariant()},unsafe"]);
        var set = _at.Store.Sets.Import.Apply(new SetRequest(path, DatasetPurpose.Evaluation)).Set;

        var notices = RunInputs.Notices(
            _plan with { SeedFile = seeds, EvaluationSets = [new SetReference(set.Name, set.Content)] }, _at.Store);

        Assert.Contains(notices, notice => notice.StartsWith("1 rows of the evaluation set 'held'", StringComparison.Ordinal));
    }

    [Fact]
    public void Adapters_of_models_from_outside_get_a_stated_rate()
    {
        var plan = _plan.WithAdapters(16);

        Assert.Equal((1e-4, 5e-6), (plan.RedInitialization.Training.LearningRate, plan.TargetUpdate.Training.LearningRate));
        Assert.Equal(32.0, plan.RedUpdate.Training.Lora!.Alpha);
    }

    private string Write(IReadOnlyList<string> prompts, string? small = null)
    {
        var path = Path.Combine(_at.Folder, "seeds.jsonl");
        File.WriteAllLines(path, prompts.Select(prompt => $"{{\"prompt\": \"{prompt}\", \"category\": \"{(prompt == small ? "small" : "type a")}\"}}"));
        return path;
    }
}
