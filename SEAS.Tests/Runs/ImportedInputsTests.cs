using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Tests.Storage;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Inputs;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Commands;
using SEAS.Web.Live;

namespace SEAS.Tests.Runs;

public sealed class ImportedInputsTests : IDisposable
{
    private readonly StoreFolder _at = new();
    private readonly RunPlan _plan = Presets.Plan("smoke", seed: 1);

    public void Dispose() => _at.Dispose();

    [Fact]
    public void A_run_attacks_with_the_train_side_of_a_set_and_measures_by_the_test_side()
    {
        Take("seeds", DatasetPurpose.Seeds, Rows(200), new SplitShares(70, 0, 30));
        var sides = _at.Store.Sets.Rows("seeds", limit: 1000).ToLookup(row => row.Split, row => row.Row.Prompt);

        var inputs = RunInputs.Open(PlanSets.Named(_plan, _at.Store, "seeds", null), _at.Store);

        var shots = Enumerable.Range(0, 50).SelectMany(index => inputs.Seed(1, index).Shots).ToList();
        Assert.Subset(sides[DatasetSplit.Train].ToHashSet(), shots.ToHashSet());
        Assert.Equal(
            sides[DatasetSplit.Test].Order(StringComparer.Ordinal),
            inputs.StaticPrompts(1000).Select(prompt => prompt.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_set_without_a_split_gives_what_its_file_gives()
    {
        var path = Take("seeds", DatasetPurpose.Seeds, Rows(60), SplitShares.AllTrain);

        var set = RunInputs.Open(PlanSets.Named(_plan, _at.Store, "seeds", null), _at.Store);
        var file = RunInputs.Open(_plan with { SeedFile = path }, _at.Store);

        Assert.Equal(file.StaticPrompts(100), set.StaticPrompts(100));
        Assert.All(Enumerable.Range(0, 20), index => Assert.Equal(file.Seed(1, index).Shots, set.Seed(1, index).Shots));
    }

    [Fact]
    public void General_rows_come_from_the_train_side_of_a_set_of_instructions_each_once_before_any_twice()
    {
        Take("tasks", DatasetPurpose.Instructions, Rows(40, "\"output\": \"Done.\""), new SplitShares(50, 0, 50));
        var train = _at.Store.Sets.Rows("tasks", limit: 100, split: DatasetSplit.Train).Select(row => row.Row.Prompt).ToList();

        var inputs = RunInputs.Open(PlanSets.Named(_plan, _at.Store, null, "tasks"), _at.Store);
        var rows = inputs.GeneralRows(train.Count + 3, "round-1/general");

        Assert.Equal(train.Order(StringComparer.Ordinal), rows.Take(train.Count).Select(row => row.Prompt).Order(StringComparer.Ordinal));
        Assert.All(rows, row => Assert.Equal("Done.", row.Answer));
        Assert.Equal(rows, inputs.GeneralRows(train.Count + 3, "round-1/general"));
        Assert.NotEqual(rows, inputs.GeneralRows(train.Count + 3, "round-2/general"));
    }

    [Fact]
    public void A_set_that_is_gone_changed_or_for_something_else_is_refused_by_name()
    {
        Take("seeds", DatasetPurpose.Seeds, Rows(10), SplitShares.AllTrain);
        var plan = PlanSets.Named(_plan, _at.Store, "seeds", null);

        _at.Store.Sets.Remove("seeds");
        Assert.Contains("not in", Refusal(plan), StringComparison.Ordinal);
        Take("seeds", DatasetPurpose.Seeds, Rows(11), SplitShares.AllTrain);
        Assert.Contains("other rows than the plan's", Refusal(plan), StringComparison.Ordinal);
        Assert.Contains(
            "taken in as Seeds", Refusal(_plan with { InstructionSet = plan.SeedSet }), StringComparison.Ordinal);
        Assert.Contains(
            "neither an imported set (seeds) nor a file",
            Assert.Throws<RunPlanException>(() => PlanSets.Named(_plan, _at.Store, "no-such", null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plan_s_hash_changes_with_its_sets_and_not_without_any()
    {
        var hash = RunPlanText.Hash(_plan);
        var named = _plan with { SeedSet = new SetReference("a", "1") };

        Assert.NotEqual(hash, RunPlanText.Hash(named));
        Assert.NotEqual(RunPlanText.Hash(named), RunPlanText.Hash(_plan with { SeedSet = new SetReference("a", "2") }));
        Assert.NotEqual(hash, RunPlanText.Hash(_plan with { InstructionSet = new SetReference("a", "1") }));
        Assert.Equal(named, RunPlanText.Read(RunPlanText.Write(named)) with
        {
            TargetUpdate = named.TargetUpdate,
            EvaluationSets = named.EvaluationSets,
        });
    }

    private string Refusal(RunPlan plan) => Assert.Throws<RunPlanException>(() => RunInputs.Open(plan, _at.Store)).Message;

    private static IEnumerable<string> Rows(int count, string more = "\"category\": \"Role_Play\"") => Enumerable.Range(0, count).Select(
        at => $"{{\"{(more.Contains("output", StringComparison.Ordinal) ? "instruction" : "prompt")}\": "
            + $"\"Paint the {(char)('a' + (at % 26))}{(char)('a' + (at / 26))} door\", {more}}}");

    private string Take(string name, DatasetPurpose purpose, IEnumerable<string> rows, SplitShares split)
    {
        var path = Path.Combine(_at.Folder, name + ".jsonl");
        File.WriteAllLines(path, rows);
        _at.Store.Sets.Import.Apply(new SetRequest(path, purpose) { Split = split });
        return path;
    }
}
