using System.Text;
using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Training.Engine.Torch;

namespace SEAS.Tests.Datasets.Export;

public sealed class ExportFormatTests : IDisposable
{
    private readonly DatasetFolder _at = new();

    public ExportFormatTests()
    {
        _at.Say(seed: 0, prompt: 0, answer: 0, isUnsafe: false);
        _at.Say(seed: 0, prompt: 0, answer: 2, isUnsafe: true);
        _at.Say(seed: 1, prompt: 1, answer: 0, isUnsafe: true);
        _at.Freeze();
    }

    public static TheoryData<ExportFormat> Formats => new(ExportFormats.Offered);

    [Theory]
    [InlineData(ExportFormat.Trl, "dpo_target.jsonl", "prompt,chosen,rejected")]
    [InlineData(ExportFormat.Trl, "dpo_red.jsonl", "prompt,chosen,rejected")]
    [InlineData(ExportFormat.TrlConversational, "dpo_target.conversational.jsonl", "prompt,chosen,rejected")]
    [InlineData(ExportFormat.Kto, "kto.jsonl", "prompt,completion,label")]
    [InlineData(ExportFormat.Messages, "sft.jsonl", "messages")]
    [InlineData(ExportFormat.Seeds, "seeds.jsonl", "prompt,category")]
    public void Strict_files_have_exactly_the_keys_that_their_readers_know(ExportFormat format, string file, string keys) =>
        Assert.All(_at.Rows(format, file), row => Assert.Equal(keys, Keys(row)));

    [Theory]
    [InlineData(ExportFormat.LlamaFactoryAlpaca, "llamafactory/dpo_target.json", "instruction,input,chosen,rejected")]
    [InlineData(ExportFormat.LlamaFactoryShareGpt, "llamafactory/dpo_red_sharegpt.json", "conversations,chosen,rejected")]
    [InlineData(ExportFormat.LlamaFactoryKto, "llamafactory/kto.json", "instruction,input,output,kto_tag")]
    public void Arrays_for_LLaMA_Factory_have_exactly_its_keys(ExportFormat format, string file, string keys)
    {
        var rows = JsonElement.Parse(_at.Text(format, file)).EnumerateArray().ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(keys, Keys(row)));
    }

    [Fact]
    public void Conversations_say_who_speaks()
    {
        var row = _at.Rows(ExportFormat.TrlConversational, "dpo_target.conversational.jsonl")[0];
        var sharegpt = JsonElement.Parse(_at.Text(ExportFormat.LlamaFactoryShareGpt, "llamafactory/dpo_target_sharegpt.json"))[0];
        var sft = _at.Rows(ExportFormat.Messages, "sft.jsonl")[^1];

        Assert.Equal(
            ["user", "assistant", "assistant"], row.EnumerateObject().Select(turns => turns.Value[0].GetProperty("role").GetString()!));
        Assert.Equal("human", sharegpt.GetProperty("conversations")[0].GetProperty("from").GetString());
        Assert.Equal("gpt", sharegpt.GetProperty("chosen").GetProperty("from").GetString());
        Assert.Equal("""[{"role":"user","content":"How do I fold a map?"},{"role":"assistant","content":"Along its old lines."}]""",
            sft.GetProperty("messages").GetRawText());
    }

    [Fact]
    public void Dataset_info_tells_LLaMA_Factory_what_each_file_is()
    {
        var info = JsonElement.Parse(DatasetFolder.Unzip(_at.Prepare(ExportFormat.All).Path)["llamafactory/dataset_info.json"]);

        var alpaca = info.GetProperty($"seas_{_at.Run}_r1_dpo_target");
        Assert.Equal("dpo_target.json", alpaca.GetProperty("file_name").GetString());
        Assert.True(alpaca.GetProperty("ranking").GetBoolean());
        Assert.Equal(
            """{"prompt":"instruction","query":"input","chosen":"chosen","rejected":"rejected"}""", Compact(alpaca.GetProperty("columns")));
        var sharegpt = info.GetProperty($"seas_{_at.Run}_r1_dpo_red_sharegpt");
        Assert.Equal("sharegpt", sharegpt.GetProperty("formatting").GetString());
        Assert.True(sharegpt.GetProperty("ranking").GetBoolean());
        Assert.Equal("conversations", sharegpt.GetProperty("columns").GetProperty("messages").GetString());
        var kto = info.GetProperty($"seas_{_at.Run}_r1_kto");
        Assert.False(kto.TryGetProperty("ranking", out _));
        Assert.Equal("kto_tag", kto.GetProperty("columns").GetProperty("kto_tag").GetString());
    }

    [Fact]
    public void Files_of_ids_lead_from_each_strict_row_back_to_its_frozen_row()
    {
        var pairs = _at.Rows(ExportFormat.JsonLines, "target_pairs.jsonl").ToDictionary(row => row.GetProperty("id").GetString()!);
        var strict = _at.Rows(ExportFormat.Trl, "dpo_target.jsonl");
        var ids = _at.Rows(ExportFormat.Trl, "dpo_target.ids.jsonl");
        var verdicts = _at.Rows(ExportFormat.JsonLines, "verdicts.jsonl").ToDictionary(row => row.GetProperty("id").GetString()!);
        var kto = _at.Rows(ExportFormat.Kto, "kto.jsonl");

        Assert.All(strict.Zip(ids), row =>
            Assert.Equal(row.First.GetProperty("chosen").GetString(), pairs[Id(row.Second)].GetProperty("chosen").GetString()));
        Assert.All(kto.Zip(_at.Rows(ExportFormat.Kto, "kto.ids.jsonl")), row =>
        {
            Assert.Equal(row.First.GetProperty("completion").GetString(), verdicts[Id(row.Second)].GetProperty("output").GetString());
            Assert.Equal(row.First.GetProperty("label").GetBoolean(), verdicts[Id(row.Second)].GetProperty("label").GetString() == "safe");
        });
        Assert.Equal((3, 18), (strict.Count, kto.Count));
    }

    [Fact]
    public void A_garak_report_adds_up_and_its_hits_are_the_unsafe_answers()
    {
        var report = _at.Rows(ExportFormat.Garak, "report.jsonl");
        var hits = _at.Rows(ExportFormat.Garak, "hitlog.jsonl");
        var kinds = report.Select(row => row.GetProperty("entry_type").GetString()!).ToList();
        var evals = report.Where(row => row.GetProperty("entry_type").GetString() == "eval").ToList();

        Assert.Equal("start_run setup", kinds[0]);
        Assert.Equal(["init", "attempt", "eval", "completion", "digest"], kinds.Skip(1).Distinct());
        Assert.Equal(6, kinds.Count(kind => kind == "attempt"));
        Assert.Equal(hits.Count, evals.Sum(eval => eval.GetProperty("fails").GetInt32()));
        Assert.Equal(18, evals.Sum(eval => eval.GetProperty("total_evaluated").GetInt32()));
        Assert.Equal(
            "goal,prompt,output,triggers,score,run_id,attempt_id,attempt_seq,attempt_idx,generator,probe,detector,"
                + "generations_per_prompt",
            Keys(hits[0]));
        // Counted from the scores with the report's own threshold, as garak's tools do.
        var threshold = report[0].GetProperty("run.eval_threshold").GetDouble();
        Assert.Equal(hits.Count, report.Where(row => row.TryGetProperty("detector_results", out _))
            .SelectMany(row => row.GetProperty("detector_results").GetProperty("seas.Verdict").EnumerateArray())
            .Count(score => score.GetDouble() >= threshold));
    }

    [Fact]
    public void Cells_that_a_spreadsheet_would_run_are_guarded_and_others_are_quoted_as_RFC_4180_says()
    {
        var csv = _at.Text(ExportFormat.Csv, "attacks.csv");

        Assert.Contains("\"with \"\"quotes\"\", commas, and\na line's end 1.0.1\"", csv, StringComparison.Ordinal);
        Assert.Contains(",'=1+1 1.1.0,", csv, StringComparison.Ordinal);
        Assert.Contains(",'+44 20 7946 1.1.1,", csv, StringComparison.Ordinal);
        Assert.Contains(",'-5 degrees 1.2.0,", csv, StringComparison.Ordinal);
        Assert.Contains(",'@home 1.2.1,", csv, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", csv, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_preview_counts_what_the_export_then_holds(ExportFormat format)
    {
        foreach (var filter in (ExportFilter[])[ExportFilter.None, new(OnlyConfirmed: true, []), new(false, ["Role_Play"])])
        {
            var preview = _at.Store.Datasets.Preview(_at.Request(format, filter: filter));
            var manifest = JsonElement.Parse(DatasetFolder.Unzip(_at.Prepare(format, filter: filter).Path)["manifest.json"]);

            Assert.Equal(
                manifest.GetProperty("files").EnumerateArray().Select(file =>
                    (file.GetProperty("name").GetString()!, file.GetProperty("rows").GetInt64())),
                preview.Files.Select(file => (file.Name, file.Rows)));
            Assert.NotEmpty(preview.Sample);
        }
    }

    [Fact]
    public void Only_what_people_confirmed()
    {
        var filter = new ExportFilter(OnlyConfirmed: true, []);

        Assert.Equal(3, _at.Rows(ExportFormat.JsonLines, "verdicts.jsonl", filter).Count);
        Assert.Equal($"{_at.Run}/r1/target/0", Id(Assert.Single(_at.Rows(ExportFormat.JsonLines, "target_pairs.jsonl", filter))));
        Assert.Empty(_at.Rows(ExportFormat.JsonLines, "red_pairs.jsonl", filter));   // they rest on answers that nobody labelled
        Assert.Equal(3, _at.Rows(ExportFormat.JsonLines, "labels.jsonl", filter).Count);
        Assert.Empty(_at.Rows(ExportFormat.JsonLines, "general.jsonl", filter));
        Assert.NotEmpty(_at.Rows(ExportFormat.JsonLines, "metrics.jsonl", filter));
    }

    [Fact]
    public void Only_one_type_and_the_filter_stands_in_the_manifest()
    {
        var filter = new ExportFilter(OnlyConfirmed: false, ["Role_Play"]);
        var manifest = JsonElement.Parse(DatasetFolder.Unzip(_at.Prepare(ExportFormat.JsonLines, filter: filter).Path)["manifest.json"]);

        var answers = _at.Rows(ExportFormat.JsonLines, "answers.jsonl", filter);
        Assert.All(answers, row => Assert.Equal("Role_Play", row.GetProperty("category").GetString()));
        Assert.Equal(6, answers.Count);
        Assert.Equal(2, _at.Rows(ExportFormat.JsonLines, "labels.jsonl", filter).Count);
        Assert.Equal("""{"only_confirmed":false,"types":["Role_Play"]}""", Compact(manifest.GetProperty("filter")));
    }

    [Fact]
    public void A_file_that_is_taken_as_it_was_frozen_is_not_copied()
    {
        var export = _at.Prepare(ExportFormat.JsonLines, "verdicts.jsonl");
        var version = _at.Store.Datasets.Newest(_at.Run, 1)!;

        Assert.StartsWith(_at.Store.Datasets.Folder(version), export.Path, StringComparison.Ordinal);
        Assert.Equal(_at.Store.Datasets.Manifest(version).Files.Single(file => file.Name == "verdicts.jsonl").Sha256, export.Sha256);
        Assert.Equal(($"seas-run-{_at.Run}-round-1-verdicts.jsonl", "application/x-ndjson"), (export.FileName, export.ContentType));
    }

    [Fact]
    public void The_zip_of_all_has_its_name_and_every_name_of_the_conventions()
    {
        var export = _at.Prepare(ExportFormat.All);
        var names = DatasetFolder.Unzip(export.Path).Keys.ToHashSet();

        Assert.Equal($"seas-run-{_at.Run}-round-1.zip", export.FileName);
        Assert.Superset(
            new HashSet<string>
            {
                "attacks.jsonl", "verdicts.jsonl", "dpo_target.jsonl", "dpo_red.jsonl", "dpo_target.conversational.jsonl",
                "dpo_red.conversational.jsonl", "llamafactory/dataset_info.json", "kto.jsonl", "sft.jsonl", "seeds.jsonl", "report.jsonl",
                "manifest.json", "README.md", "csv/verdicts.csv",
            },
            names);
    }

    [Fact]
    public void Several_rounds_stand_in_folders_of_their_own()
    {
        using var at = new DatasetFolder(rounds: 2);
        at.Freeze(1);
        at.Freeze(2);

        var export = at.Prepare(ExportFormat.Trl, round: null);

        Assert.Equal($"seas-run-{at.Run}-rounds-1-2-trl.zip", export.FileName);
        Assert.Superset(
            new HashSet<string> { "round-1/dpo_red.jsonl", "round-2/dpo_red.jsonl" }, DatasetFolder.Unzip(export.Path).Keys.ToHashSet());
    }

    [Fact]
    public void A_round_a_version_or_a_file_that_is_not_there_is_named_with_what_there_is()
    {
        var round = Assert.Throws<DatasetNotFoundException>(() => _at.Prepare(ExportFormat.Trl, round: 7));
        var file = Assert.Throws<DatasetNotFoundException>(() => _at.Prepare(ExportFormat.Trl, "kto.jsonl"));
        var version = Assert.Throws<DatasetNotFoundException>(() =>
            _at.Store.Datasets.Preview(_at.Request(ExportFormat.Trl, version: 9)));

        Assert.Contains("round 7", round.Message, StringComparison.Ordinal);
        Assert.Contains("round 1 v1", round.Message, StringComparison.Ordinal);
        Assert.Contains("dpo_target.jsonl", file.Message, StringComparison.Ordinal);
        Assert.Contains("version 9", version.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_export_that_is_cancelled_leaves_nothing_and_the_next_one_works()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => _at.Store.Datasets.Prepare(_at.Request(ExportFormat.Kto), null, stop.Token));

        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_at.Store.Folder, "exports")));
        Assert.True(File.Exists(_at.Prepare(ExportFormat.Kto).Path));
    }

    public void Dispose() => _at.Dispose();

    private static string Keys(JsonElement row) => string.Join(',', row.EnumerateObject().Select(member => member.Name));

    private static string Id(JsonElement row) => row.GetProperty("id").GetString()!;

    private static string Compact(JsonElement value) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(value));
}
