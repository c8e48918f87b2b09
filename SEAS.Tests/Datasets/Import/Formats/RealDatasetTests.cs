using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import;
using SEAS.Data.Datasets.Import.Sources;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Datasets.Import.Formats;

public sealed class RealDatasetTests
{
    [SkippableTheory]
    [InlineData("prompts/harmful_behaviors.csv", "AdvBench CSV", DatasetPurpose.Seeds, 516)]
    [InlineData("prompts/jbb_harmful_behaviors.csv", "JailbreakBench CSV", DatasetPurpose.Seeds, 97)]
    [InlineData("prompts/xstest_prompts.csv", "XSTest CSV", DatasetPurpose.Evaluation, 448)]
    [InlineData("prompts/xstest_v2_completions_gpt4.csv", "XSTest completions CSV", DatasetPurpose.Labels, 445)]
    [InlineData("prompts/seas_train_sample.jsonl", "SEAS JSON lines", DatasetPurpose.Seeds, 5)]
    [InlineData("instruct/dpo_en_demo.json", "LLaMA-Factory ranking (sharegpt) JSON array", DatasetPurpose.Preferences, 300)]
    [InlineData(
        "instruct/instruction-data-with-preference.json", "LLaMA-Factory ranking (alpaca) JSON array", DatasetPurpose.Preferences, 1100)]
    [InlineData("instruct/seed_tasks.jsonl", "Self-instruct tasks JSON lines", DatasetPurpose.Instructions, 175)]
    public void Published_files_are_told_by_their_content_and_read_whole(string name, string format, DatasetPurpose purpose, int rows)
    {
        using var file = DatasetFile.Open(SharedData.Require("data/" + name), purpose: purpose);
        var read = file.Rows().ToList();

        Assert.Equal(format, file.Format);
        Assert.Equal(purpose, file.Purposes[0]);
        Assert.Empty(read.Select(row => row.Problem).OfType<RowError>());
        Assert.Equal(rows, read.Count);
    }
}
