using SEAS.Data.Contracts;
using SEAS.Training.Engine.Torch;
using SEAS.Web.Live;

namespace SEAS.Tests.Datasets.Import.Formats;

public sealed class RedTeamFormatTests : IDisposable
{
    private readonly FormatFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("AdvBench CSV", "goal,target\nPaint a door,Sure\n", "Paint a door", null, "AdvBench", null)]
    [InlineData(
        "JailbreakBench CSV", ",Goal,Target,Behavior,Category,Source\n0,Paint a door,Sure,Doors,Houses,Original\n", "Paint a door",
        "Houses", "Original", null)]
    [InlineData(
        "HarmBench CSV", "Behavior,FunctionalCategory,SemanticCategory,Tags,ContextString,BehaviorID\nPaint a door,x,houses,,,d1\n",
        "Paint a door", "houses", "HarmBench", null)]
    [InlineData(
        "XSTest CSV", "id,prompt,type,label,focus,note\n1,Paint a door?,homonyms,safe,paint,\n", "Paint a door?", "homonyms", "XSTest",
        true)]
    [InlineData(
        "XSTest CSV", "id,prompt,type,label,focus,note\n1,Paint a door?,contrast_homonyms,unsafe,paint,\n", "Paint a door?",
        "contrast_homonyms", "XSTest", false)]
    [InlineData(
        "Do-Not-Answer CSV", "id,risk_area,types_of_harm,specific_harms,question\n1,Houses,Doors,Paint,Paint a door?\n", "Paint a door?",
        "Doors", "Do-Not-Answer", null)]
    [InlineData(
        "StrongREJECT CSV", "category,source,forbidden_prompt\nHouses,custom,Paint a door\n", "Paint a door", "Houses", "custom", null)]
    [InlineData("OR-Bench CSV", "prompt,category\nPaint a door,deception\nPaint it,privacy\n", "Paint a door",
      "deception", "OR-Bench", null)]
    [InlineData(
        "CyberSecEval FRR JSON array",
        """[{"prompt_id": 3, "mutated_prompt": "Paint a door", "is_malicious": false, "attack_type": "doors", "model": "m"}]""",
        "Paint a door", "doors", "CyberSecEval", true)]
    [InlineData(
        "HarmfulQA JSON array",
        """
        [{"id": 1, "topic": "Houses", "subtopic": "Doors", "question": "Paint a door?",
          "red_conversations": {"conversation_1": [{"from": "human", "value": "x"}]}}]
        """,
        "Paint a door?", "Houses", "HarmfulQA", null)]
    [InlineData("HarmfulQA nested JSON", """{"Houses": {"Doors": ["Paint a door?"]}}""", "Paint a door?", "Houses", "HarmfulQA", null)]
    [InlineData(
        "HH-RLHF red team JSON array",
        """
        [{"transcript": "\n\nHuman: Paint a door\n\nAssistant: Why?", "task_description": "x", "rating": 1}]
        """, "Paint a door", null,
        "HH-RLHF", null)]
    [InlineData("SEAS JSON lines",
        """
        {"prompt": "Paint a door", "category": "Role_Play"}
        """, "Paint a door", "Role_Play", "SEAS", null)]
    [InlineData("TSV", "prompt\tcategory\nPaint a door\tHouses\n", "Paint a door", "Houses", "CSV", null)]
    [InlineData("Plain text", "Paint a door\n", "Paint a door", null, "f.data", null)]
    [InlineData("JSON array", """["Paint a door", "Paint a wall"]""", "Paint a door", null, "f.data", null)]
    public void Each_published_set_is_told_by_its_content_alone(
        string format, string text, string prompt, string? category, string source, bool? isSafe)
    {
        var (found, rows) = _files.Read("f.data", text);

        Assert.Equal(format, found);
        Assert.Equal((prompt, category, source, isSafe), (rows[0].Prompt, rows[0].Category, rows[0].Source, rows[0].IsSafe));
    }

    [Fact]
    public void MaliciousInstruct_is_plain_lines_and_only_its_name_tells_it()
    {
        var (format, rows) = _files.Read("MaliciousInstruct.txt", "Paint a door\n\nPaint a wall\n");

        Assert.Equal("MaliciousInstruct", format);
        Assert.Equal([(1, "Paint a door"), (3, "Paint a wall")], rows.Select(row => (row.Row, row.Prompt)));
    }

    [Fact]
    public void The_completions_of_XSTest_keep_both_annotations_and_the_final_label()
    {
        var (format, rows) = _files.Read("c.csv", """
            id,type,prompt,completion,annotation_1,annotation_2,agreement,final_label
            v2-1,homonyms,Paint a door?,Take a brush.,1_full_compliance,3_partial_refusal,False,1_full_compliance
            v2-2,contrast_homonyms,Break a door?,No.,2_full_refusal,2_full_refusal,True,2_full_refusal
            """);

        Assert.Equal("XSTest completions CSV", format);
        Assert.Equal(
            [("Take a brush.", "1_full_compliance", true, "3_partial_refusal"), ("No.", "2_full_refusal", false, "2_full_refusal")],
            rows.Select(row => (row.Answer!, row.Label!, row.IsSafe!.Value, row.Extra["annotation_2"])));
        Assert.Equal("v2-1", rows[0].Id);
    }

    [Fact]
    public void Questions_in_nested_lists_keep_the_names_above_them()
    {
        var (_, rows) = _files.Read("q.json", """
            {
              "Houses": {
                "Doors": ["Paint a door?", "Close a door?"],
                "Walls": ["Paint a wall?"]
              },
              "Streets": ["Cross a street?"]
            }
            """);

        Assert.Equal(
            [("Paint a door?", "Houses", "Doors"), ("Close a door?", "Houses", "Doors"), ("Paint a wall?", "Houses", "Walls")],
            rows.Take(3).Select(row => (row.Prompt, row.Category!, row.Extra["subtopic"])));
        Assert.Equal(("Cross a street?", "Streets", 4), (rows[3].Prompt, rows[3].Category, rows[3].Row));
        Assert.Empty(rows[3].Extra);
    }

    [Fact]
    public void A_list_below_a_name_is_read_as_its_records()
    {
        var (_, rows) = _files.Read("d.json", """{"data": [{"question": "Paint a door?"}, {"question": "Paint a wall?"}]}""");

        Assert.Equal(["Paint a door?", "Paint a wall?"], rows.Select(row => row.Prompt));
    }

    [Theory]
    [InlineData("seeds", "harm_categories:\n  - houses\n")]
    [InlineData("prompts", "harm_category: houses\n")]
    public void PyRIT_seeds_take_what_holds_for_all_of_them(string list, string types)
    {
        var (format, rows) = _files.Read("s.prompt", $"""
            # made for a test
            name: doors
            {types.TrimEnd()}
            source: a book
            {list}:
              - value: Paint a door
                data_type: text
              - value: >
                  Paint
                  a wall
                harm_categories: [walls]
                prompt_group_alias: g1
            """);

        Assert.Equal("PyRIT YAML", format);
        Assert.Equal([("Paint a door", "houses"), ("Paint a wall", "walls")], rows.Select(row => (row.Prompt.Trim(), row.Category!)));
        Assert.All(rows, row => Assert.Equal("a book", row.Source));
        Assert.Equal("g1", rows[1].Extra["prompt_group_alias"]);
    }

    [Fact]
    public void PyRIT_seeds_that_are_only_texts_or_one_template_are_read_too()
    {
        var plain = _files.Read("a.prompt", "name: doors\nharm_category: houses\nprompts:\n  - Paint a door\n  - Paint a wall\n");
        var template = _files.Read("b.yaml", "name: doors\nparameters:\n  - what\ndata_type: text\nvalue: >\n  Paint a {{ what }}\n");

        Assert.Equal(["Paint a door", "Paint a wall"], plain.Rows.Select(row => row.Prompt));
        Assert.Equal("Paint a {{ what }}", Assert.Single(template.Rows).Prompt.Trim());
    }

    [Fact]
    public void PyRIT_seeds_of_pictures_are_named_and_aliases_refused()
    {
        var problem = Assert.Single(_files.Problems(
            "p.prompt", "seeds:\n  - value: a.png\n    data_type: image_path\n  - value: Paint a door\n    data_type: text\n"));

        Assert.Equal((1, "data_type"), (problem.Row, problem.Column));
        Assert.Contains("image_path", problem.Message, StringComparison.Ordinal);
        var bomb = _files.Write("bomb.yaml", "name: &a [x, x]\ndescription: *a\nseeds:\n  - value: Paint\n");
        Assert.Contains("YAML", FormatFolder.Refusal(bomb), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seeds:\n  - value: [a\n")]
    [InlineData("name: n\nharm_categories:\n  [- x\nseeds:\n  - val:\n  - value: Ask\n   :\n  - val:\n  - value: Ask\n")]
    public void Damaged_YAML_is_refused(string text) =>
        Assert.Contains("YAML with a list of seeds", FormatFolder.Refusal(_files.Write("d.prompt", text)), StringComparison.Ordinal);

    [Fact]
    public void A_hitlog_is_read_as_garak_wrote_it_then_and_writes_it_now()
    {
        var (format, rows) = _files.Read("g.hitlog.jsonl", FormatFolder.Lines("""
            {"goal": "g", "prompt": "Paint a door", "output": "Take a brush.", "trigger": null, "score": 1.0,
              "run_id": "r", "attempt_id": "a", "attempt_seq": 0, "attempt_idx": 0, "generator": "m",
              "probe": "doors.Paint", "detector": "d", "generations_per_prompt": 1}
            {"goal": "g", "prompt": {"turns": [{"role": "user", "content": {"text": "Paint a wall", "lang": "en"}}],
              "notes": {}}, "output": {"text": "Take a roller.", "lang": "en"}, "triggers": null, "score": 0.9,
              "run_id": "r", "attempt_id": "b", "attempt_seq": 1, "attempt_idx": 0, "generator": "m",
              "probe": "doors.Paint", "detector": "d", "generations_per_prompt": 1}
            """));

        Assert.Equal("garak hitlog JSON lines", format);
        Assert.Equal(
            [("Paint a door", "Take a brush.", "unsafe", "doors.Paint", "a"),
                ("Paint a wall", "Take a roller.",
              "unsafe", "doors.Paint", "b")],
            rows.Select(row => (row.Prompt, row.Answer!, row.Label!, row.Category!, row.Id!)));
    }

    [Fact]
    public void A_report_gives_its_judged_attempts_and_passes_over_what_is_none()
    {
        const string Text = """
            {"entry_type": "start_run setup", "plugins.probes": "all"}
            {"entry_type": "attempt", "uuid": "a", "status": 1, "probe_classname": "doors.Paint",
              "prompt": "Paint a door", "outputs": []}
            {"entry_type": "attempt", "uuid": "a", "status": 2, "probe_classname": "doors.Paint",
              "prompt": "Paint a door", "outputs": ["Take a brush.", "No."], "detector_results": {"d": [1.0, 0.0]}}
            {"entry_type": "eval", "probe": "doors.Paint", "passed": 1, "total": 2}
            """;

        var judged = _files.Read("r.report.jsonl", FormatFolder.Lines(Text), DatasetPurpose.Labels).Rows;
        var seeds = _files.Read("r.report.jsonl", FormatFolder.Lines(Text), DatasetPurpose.Seeds).Rows;

        Assert.Equal([("Take a brush.", "unsafe"), ("No.", "safe")], judged.Select(row => (row.Answer!, row.Label!)));
        Assert.Equal("Paint a door", Assert.Single(seeds).Prompt);
    }

    [Theory]
    [InlineData("0.8", "safe")]
    [InlineData("0.7", "unsafe")]
    [InlineData("null", "unsafe")]
    public void A_garak_report_is_judged_by_its_own_threshold(string threshold, string label)
    {
        var text = """
            {"entry_type": "start_run setup", "run.eval_threshold": THRESHOLD}
            {"entry_type": "attempt", "uuid": "a", "status": 2, "probe_classname": "doors.Paint",
              "prompt": "Paint a door", "outputs": ["Take a brush."], "detector_results": {"d": [0.7]}}
            """.Replace("THRESHOLD", threshold, StringComparison.Ordinal);

        var judged = _files.Read("r.report.jsonl", FormatFolder.Lines(text), DatasetPurpose.Labels).Rows;

        Assert.Equal(label, Assert.Single(judged).Label);
    }
}
