using System.Text;
using System.Text.Json;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Import;
using SEAS.Tests.Support;

namespace SEAS.Tests.Datasets.Export;

/// <summary>Parquet out, as another program reads it, and back in.</summary>
public sealed class ParquetExportTests : IDisposable
{
    private readonly DatasetFolder _at = new();

    public ParquetExportTests()
    {
        _at.Say(seed: 0, prompt: 1, answer: 0, isUnsafe: true);
        _at.Freeze();
    }

    public void Dispose() => _at.Dispose();

    [SkippableTheory]
    [InlineData("attacks", "train")]
    [InlineData("answers", "train")]
    [InlineData("verdicts", "train")]
    [InlineData("labels", "train")]
    [InlineData("target_pairs", "train")]
    [InlineData("metrics", "train")]
    [InlineData("evaluation", "test")]
    public async Task Hyparquet_reads_from_Parquet_what_stands_in_the_lines(string table, string split)
    {
        NodeScript.Require("hyparquet");
        var path = _at.Prepare(ExportFormat.Parquet, $"data/{table}/{split}-00000-of-00001.parquet").Path;
        var lines = _at.Rows(ExportFormat.JsonLines, $"{table}.jsonl");

        var read = JsonElement.Parse(await NodeScript.RunAsync("Datasets/Export/read-parquet.mjs", null, path));

        var rows = read.GetProperty("rows").EnumerateArray().ToList();
        Assert.NotEmpty(lines);
        Assert.Equal(lines.Count, rows.Count);
        foreach (var (line, row) in lines.Zip(rows))
        {
            Assert.Equal(line.EnumerateObject().Select(Said), row.EnumerateObject().Select(Said));
        }
    }

    [Fact]
    public void The_card_names_the_types_of_the_columns_and_every_file()
    {
        var files = DatasetFolder.Unzip(_at.Prepare(ExportFormat.Parquet).Path);
        var card = Encoding.UTF8.GetString(files["README.md"]);

        Assert.Contains("- config_name: attacks\n  data_files:\n  - split: train\n    path:\n    - \"data/attacks/train-00000-of-00001.parquet\"", card,
            StringComparison.Ordinal);
        Assert.Contains("dataset_info:\n- config_name: attacks\n  features:\n  - name: id\n    dtype: string\n  - name: round\n    dtype: int64\n", card,
            StringComparison.Ordinal);
        Assert.Contains("  - name: asks_harm\n    dtype: bool\n", card, StringComparison.Ordinal);   // null in every row of this round
        Assert.All(files.Where(file => file.Key.EndsWith(".parquet", StringComparison.Ordinal)),
            file => Assert.Equal("PAR1", Encoding.ASCII.GetString(file.Value[..4])));
    }

    [Fact]
    public void What_was_exported_is_read_again_and_a_preview_is_text()
    {
        using var file = DatasetFile.Open(_at.Prepare(ExportFormat.Parquet, "data/attacks/train-00000-of-00001.parquet").Path);
        var rows = file.Rows().ToList();
        var lines = _at.Rows(ExportFormat.JsonLines, "attacks.jsonl");

        Assert.Equal("Parquet", file.Format);
        Assert.All(rows, row => Assert.Null(row.Problem));
        Assert.Equal(lines.Select(line => line.GetProperty("prompt").GetString()), rows.Select(row => row.Row!.Prompt));
        Assert.Equal(lines.Select(line => line.GetProperty("category").GetString()), rows.Select(row => row.Row!.Category));
        var preview = _at.Store.Datasets.Preview(_at.Request(ExportFormat.Parquet));
        Assert.All(preview.Sample.SelectMany(sample => sample.Rows), line => Assert.StartsWith("{", line, StringComparison.Ordinal));
    }

    // Nested values are JSON in a text, as in tables.
    private static string Said(JsonProperty member) => $"{member.Name}={member.Value.ValueKind switch
    {
        JsonValueKind.Number => member.Value.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        JsonValueKind.String => member.Value.GetString(),
        _ => member.Value.GetRawText(),
    }}";
}
