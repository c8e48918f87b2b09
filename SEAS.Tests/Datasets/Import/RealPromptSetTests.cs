using SEAS.Data.Datasets.Import;
using SEAS.Tests.Support;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live;

namespace SEAS.Tests.Datasets.Import;

public sealed class RealPromptSetTests
{
    [SkippableTheory]
    [InlineData("harmful_behaviors.csv", "AdvBench CSV", 516, 1)]
    [InlineData("jbb_harmful_behaviors.csv", "JailbreakBench CSV", 97, 10)]
    [InlineData("xstest_prompts.csv", "XSTest CSV", 448, 18)]
    [InlineData("xstest_v2_completions_gpt4.csv", "XSTest completions CSV", 445, 18)]
    [InlineData("seas_train_sample.jsonl", "SEAS JSON lines", 5, 5)]
    [InlineData("seas_test_sample.jsonl", "SEAS JSON lines", 5, 5)]
    public void Published_sets_are_read_without_a_fault(string name, string format, int prompts, int categories)
    {
        var set = PromptSetReader.Read(SharedData.Require("data/prompts/" + name));

        Assert.Equal(format, set.Format);
        Assert.Empty(set.Errors);
        Assert.Equal(prompts, set.Prompts.Count);
        Assert.Equal(categories, set.Prompts.Select(prompt => prompt.Category).Distinct(StringComparer.Ordinal).Count());
    }

    [SkippableFact]
    public void SEAS_own_samples_have_only_SEAS_labels()
    {
        var rows = PromptSetReader.Read(SharedData.Require("data/prompts/seas_train_sample.jsonl")).Prompts
            .Concat(PromptSetReader.Read(SharedData.Require("data/prompts/seas_test_sample.jsonl")).Prompts);

        Assert.All(rows, row => Assert.Contains(row.Category, CategoryLabel.All));
    }
}
