using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Training.Engine.Torch;

namespace SEAS.Tests.Datasets.Export;

/// <summary>What is exported and taken in again says the same, format by format, with texts as awkward as they can be.</summary>
public sealed class RoundTripTests : IDisposable
{
    private readonly DatasetFolder _at = new();

    public RoundTripTests()
    {
        _at.Say(seed: 0, prompt: 1, answer: 0, isUnsafe: true);
        _at.Say(seed: 1, prompt: 0, answer: 2, isUnsafe: false);
        _at.Freeze();
    }

    [Theory]
    [InlineData(ExportFormat.Trl, "dpo_target.jsonl", "target_pairs.jsonl")]
    [InlineData(ExportFormat.Trl, "dpo_red.jsonl", "red_pairs.jsonl")]
    [InlineData(ExportFormat.TrlConversational, "dpo_target.conversational.jsonl", "target_pairs.jsonl")]
    [InlineData(ExportFormat.TrlConversational, "dpo_red.conversational.jsonl", "red_pairs.jsonl")]
    [InlineData(ExportFormat.LlamaFactoryAlpaca, "llamafactory/dpo_target.json", "target_pairs.jsonl")]
    [InlineData(ExportFormat.LlamaFactoryAlpaca, "llamafactory/dpo_red.json", "red_pairs.jsonl")]
    [InlineData(ExportFormat.LlamaFactoryShareGpt, "llamafactory/dpo_target_sharegpt.json", "target_pairs.jsonl")]
    [InlineData(ExportFormat.LlamaFactoryShareGpt, "llamafactory/dpo_red_sharegpt.json", "red_pairs.jsonl")]
    [InlineData(ExportFormat.JsonLines, "target_pairs.jsonl", "target_pairs.jsonl")]
    [InlineData(ExportFormat.Csv, "red_pairs.csv", "red_pairs.jsonl")]
    public void Pairs(ExportFormat format, string file, string frozen) => Assert.Equal(
        Frozen(frozen, "prompt", "chosen", "rejected"),
        Imported(format, file, DatasetPurpose.Preferences, row => [row.Prompt, row.Chosen, row.Rejected]));

    [Theory]
    [InlineData(ExportFormat.Kto, "kto.jsonl", "true", "false")]
    [InlineData(ExportFormat.LlamaFactoryKto, "llamafactory/kto.json", "true", "false")]
    [InlineData(ExportFormat.Garak, "report.jsonl", "safe", "unsafe")]
    [InlineData(ExportFormat.JsonLines, "verdicts.jsonl", "safe", "unsafe")]
    [InlineData(ExportFormat.Csv, "verdicts.csv", "safe", "unsafe")]
    public void Judged_answers(ExportFormat format, string file, string safe, string notSafe) => Assert.Equal(
        Frozen("verdicts.jsonl", "prompt", "output", "label"),
        Imported(format, file, DatasetPurpose.Labels, row =>
            [row.Prompt, row.Answer, row.Label == safe ? "safe" : row.Label == notSafe ? "unsafe" : $"neither, but {row.Label}"]));

    [Fact]
    public void Hits() => Assert.Equal(
        Frozen("verdicts.jsonl", "prompt", "output", "label").Where(row => row.EndsWith("unsafe", StringComparison.Ordinal)),
        Imported(ExportFormat.Garak, "hitlog.jsonl", DatasetPurpose.Labels, row => [row.Prompt, row.Answer, row.Label]));

    [Theory]
    [InlineData(ExportFormat.Seeds, "seeds.jsonl")]
    [InlineData(ExportFormat.JsonLines, "attacks.jsonl")]
    [InlineData(ExportFormat.HuggingFace, "attacks.jsonl")]
    [InlineData(ExportFormat.Csv, "attacks.csv")]
    public void Prompts(ExportFormat format, string file) => Assert.Equal(
        Frozen("attacks.jsonl", "prompt", "category"),
        Imported(format, file, DatasetPurpose.Seeds, row => [row.Prompt, row.Category]));

    [Fact]
    public void Conversations_to_tune_on()
    {
        var general = Frozen("general.jsonl", "role", "prompt", "answer").Where(row => row.StartsWith("target|", StringComparison.Ordinal));

        Assert.Equal(
            [.. Frozen("target_pairs.jsonl", "prompt", "chosen"), .. general.Select(row => row["target|".Length..])],
            Imported(ExportFormat.Messages, "sft.jsonl", DatasetPurpose.Instructions, row => [row.Prompt, row.Answer]));
    }

    [Theory]
    [InlineData(ExportFormat.JsonLines, "general.jsonl")]
    [InlineData(ExportFormat.Csv, "general.csv")]
    public void Plain_rows(ExportFormat format, string file) => Assert.Equal(
        Frozen("general.jsonl", "prompt", "answer"),
        Imported(format, file, DatasetPurpose.Instructions, row => [row.Prompt, row.Answer]));

    [Theory]
    [InlineData(ExportFormat.JsonLines, "labels.jsonl")]
    [InlineData(ExportFormat.Csv, "labels.csv")]
    public void Labels_find_their_items_again_and_are_there_already(ExportFormat format, string file)
    {
        var preview = _at.Store.Labels.Import.Preview(_at.Run, Named(format, file));

        Assert.Empty(preview.Problems);
        Assert.Equal((2, 2, 0), (preview.Rows, preview.Matched, preview.New));
    }

    public void Dispose() => _at.Dispose();

    private List<string> Frozen(string file, params string[] columns) =>
        [.. _at.Rows(ExportFormat.JsonLines, file)
            .Select(row => string.Join('|', columns.Select(column => row.GetProperty(column).GetString())))];

    private List<string> Imported(ExportFormat format, string file, DatasetPurpose purpose, Func<ImportedRow, string?[]> read)
    {
        var request = new SetRequest(Named(format, file), purpose) { Name = "again" };
        _at.Store.Sets.Import.Apply(request);
        return [.. _at.Store.Sets.Rows("again", limit: 1000).Select(row => string.Join('|', read(row.Row)))];
    }

    private string Named(ExportFormat format, string file) => _at.Prepare(format, file).Path;
}
