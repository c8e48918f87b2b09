using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import;

namespace SEAS.Tests.Datasets.Import.Formats;

/// <summary>Sets that judge, tests and logs of other programs: each under its name, with its types and labels.</summary>
public sealed class SafetyFormatTests : IDisposable
{
    private const string WildGuard = """
        {"prompt": "Paint a door?", "adversarial": false, "response": null, "prompt_harm_label": "unharmful",
          "response_refusal_label": null, "response_harm_label": null, "subcategory": "doors"}
        {"prompt": "Break a door?", "adversarial": true, "response": "No.", "prompt_harm_label": "harmful",
          "response_refusal_label": "refusal", "response_harm_label": "unharmful", "subcategory": "doors"}
        {"prompt": "Break a wall?", "adversarial": true, "response": "Sure.", "prompt_harm_label": "harmful",
          "response_refusal_label": "compliance", "response_harm_label": "harmful", "subcategory": "walls"}
        """;

    private readonly FormatFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void WildGuardMix_says_of_prompts_and_answers_whether_they_are_harmful()
    {
        var (format, prompts) = _files.Read("w.jsonl", FormatFolder.Lines(WildGuard), DatasetPurpose.Evaluation);
        using var file = DatasetFile.Open(_files.Write("w.jsonl", FormatFolder.Lines(WildGuard)), purpose: DatasetPurpose.Labels);
        var labels = file.Rows().Select(read => read.Row!).ToList();

        Assert.Equal("WildGuardMix JSON lines", format);
        Assert.Equal([(true, "doors"), (false, "doors"), (false, "walls")], prompts.Select(row => (row.IsSafe!.Value, row.Category!)));
        Assert.Equal([("No.", "safe"), ("Sure.", "unsafe")], labels.Select(row => (row.Answer!, row.Label!)));
        Assert.Equal("refusal", labels[0].Extra["response_refusal_label"]);
        Assert.Equal([new("prompts without an answer", 1)], file.LeftOut);
    }

    [Fact]
    public void BeaverTails_names_the_types_that_are_true()
    {
        var (format, rows) = _files.Read("b.jsonl", """
            {"prompt": "Ask", "response": "Here", "category": {"animals": false, "privacy": false}, "is_safe": true}
            {"prompt": "Ask more", "response": "There", "category": {"animals": true, "privacy": true}, "is_safe": false}
            """, DatasetPurpose.Labels);

        Assert.Equal("BeaverTails JSON lines", format);
        Assert.Equal([(null, "safe"), ("animals", "unsafe")], rows.Select(row => (row.Category, row.Label!)));
        Assert.Equal("animals, privacy", rows[1].Extra["categories"]);
    }

    [Theory]
    [InlineData("SALAD-Bench JSON array", """[{"qid": 7, "question": "Ask", "source": "s", LEVELS}]""")]
    [InlineData("SALAD-Bench attacks JSON array", """[{"aid": 7, "qid": 1, "augq": "Ask", "baseq": "b", "method": "m", LEVELS}]""")]
    public void SALAD_Bench_has_types_on_three_levels(string format, string text)
    {
        var levels = "\"1-category\": \"O5: Use\", \"2-category\": \"O14: Deeds\", \"3-category\": \"O52: Watching\"";
        var (found, rows) = _files.Read("s.json", text.Replace("LEVELS", levels, StringComparison.Ordinal));

        Assert.Equal(format, found);
        Assert.Equal(("Ask", "O14: Deeds", "7"), (rows[0].Prompt, rows[0].Category, rows[0].Id));
        Assert.Equal(("O5: Use", "O52: Watching"), (rows[0].Extra["1-category"], rows[0].Extra["3-category"]));
    }

    [Fact]
    public void S_Eval_has_its_type_and_keeps_how_a_prompt_was_made()
    {
        var (format, rows) = _files.Read("s.jsonl", """
            {"traceid": "t1", "risk_type": "Doors", "prompt": "Ask", "ext": "{\"model\": \"attack\", \"category\": \"nesting\"}"}
            """);

        Assert.Equal(("S-Eval JSON lines", "Ask", "Doors", "t1"), (format, rows[0].Prompt, rows[0].Category, rows[0].Id));
        Assert.Contains("nesting", rows[0].Extra["ext"], StringComparison.Ordinal);
    }

    [Fact]
    public void Promptfoos_red_team_configuration_gives_its_tests()
    {
        var (format, rows) = _files.Read("redteam.yaml", """
            # yaml-language-server: $schema=https://promptfoo.dev/config-schema.json
            description: Red team
            prompts:
              - "{{prompt}}"
            targets:
              - id: echo
            defaultTest:
              metadata:
                purpose: "Doors"
            tests:
              - vars:
                  prompt: "Break a door?"
                assert:
                  - type: promptfoo:redteam:doors
                    metric: Doors
                metadata:
                  pluginId: harmful:doors
                  severity: high
              - vars:
                  prompt: |-
                    Two
                    lines
                assert:
                  - type: promptfoo:redteam:walls
                    metric: Walls
            """);

        Assert.Equal("promptfoo tests YAML", format);
        Assert.Equal([("Break a door?", "harmful:doors"), ("Two\nlines", "Walls")], rows.Select(row => (row.Prompt, row.Category!)));
        Assert.Equal("high", rows[0].Extra["severity"]);
    }

    [Theory]
    [InlineData("promptfoo results JSON", """{"evalId": "e", "results": {"version": 3, "prompts": [], "results": [ROWS]}, "config": {}}""", ", ")]
    [InlineData("promptfoo results JSON lines", "ROWS", "\n")]
    public void Promptfoos_results_are_answers_that_passed_or_did_not(string format, string text, string between)
    {
        string[] results =
        [
            """
            {"vars": {"prompt": "Break a door?"}, "prompt": {"raw": "Break a door?"}, "response": {"output": "No."}, "success": true,
             "failureReason": 0, "testCase": {"metadata": {"pluginId": "harmful:doors"}}}
            """,
            """
            {"vars": {"prompt": "Break a wall?"}, "prompt": {"raw": "[{\"role\": \"user\", \"content\": \"Break a wall?\"}]"},
             "response": {"output": "Sure."}, "success": false, "failureReason": 1, "metadata": {"pluginId": "harmful:walls"}, "testCase": {}}
            """,
            """{"vars": {"prompt": "Down?"}, "prompt": {"raw": "Down?"}, "success": false, "failureReason": 2, "error": "timeout"}""",
        ];
        var file = text.Replace("ROWS", string.Join(between, results.Select(row => row.ReplaceLineEndings(" "))), StringComparison.Ordinal);
        using var read = DatasetFile.Open(_files.Write("r.json", file), purpose: DatasetPurpose.Labels);
        var rows = read.Rows().ToList();

        Assert.Equal(format, read.Format);
        Assert.All(rows, row => Assert.Null(row.Problem));
        Assert.Equal(
            [("Break a door?", "No.", "safe", "harmful:doors"), ("Break a wall?", "Sure.", "unsafe", "harmful:walls")],
            rows.Select(row => (row.Row!.Prompt, row.Row.Answer!, row.Row.Label!, row.Row.Category!)));
        Assert.Equal(1, Assert.Single(read.LeftOut).Value);
    }

    [Fact]
    public void Inspects_logs_give_their_samples_with_the_scorers_words()
    {
        const string Text = """
            {"version": 2, "status": "success", "eval": {"task": "doors", "model": "m"}, "plan": {}, "results": {"scores": []}, "samples": [
              {"id": 1, "epoch": 1, "input": "Break a door?", "target": "", "messages": [], "output": {"model": "m", "choices": [
                {"message": {"role": "assistant", "content": "No."}, "stop_reason": "stop"}]}, "scores": {"refusal": {"value": "C"}}},
              {"id": 2, "epoch": 1, "input": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Break a wall?"}],
               "target": "", "messages": [], "output": {"model": "m", "choices": []}, "scores": {}}]}
            """;
        using var file = DatasetFile.Open(_files.Write("log.json", Text), purpose: DatasetPurpose.Labels);
        var row = Assert.Single(file.Rows()).Row!;
        var seeds = _files.Read("log.json", Text, DatasetPurpose.Seeds).Rows;

        Assert.Equal(("Inspect log JSON", "Break a door?", "No.", "C"), (file.Format, row.Prompt, row.Answer, row.Label));
        Assert.Equal([new("samples without an answer", 1)], file.LeftOut);
        Assert.Equal([("Break a door?", null), ("Break a wall?", "Be brief.")], seeds.Select(seed => (seed.Prompt, seed.System)));
    }

    [Fact]
    public void LLaMA_Factorys_newer_rows_have_parts_with_values()
    {
        const string Said = """{"role": "user", "content": [{"type": "text", "value": "Ask"}], "loss_weight": 0.0}""";
        string Answered(string text, string weight) =>
            $$"""{"role": "assistant", "content": [{"type": "text", "value": "{{text}}"}], "loss_weight": {{weight}}}""";

        var (format, rows) = _files.Read("v.jsonl", $$"""{"messages": [{{Said}}, {{Answered("Tell", "1.0")}}]}""", DatasetPurpose.Instructions);
        var (other, pairs) = _files.Read(
            "p.jsonl", $$"""{"chosen_messages": [{{Said}}, {{Answered("A", "1.0")}}], "rejected_messages": [{{Said}}, {{Answered("B", "1.0")}}]}""");

        Assert.Equal(("LLaMA-Factory v1 JSON lines", "Ask", "Tell"), (format, rows[0].Prompt, rows[0].Answer));
        Assert.Equal(("LLaMA-Factory v1 preference JSON lines", "Ask", "A", "B"), (other, pairs[0].Prompt, pairs[0].Chosen, pairs[0].Rejected));
        Assert.Single(_files.Problems("w.jsonl", $$"""{"messages": [{{Said}}, {{Answered("Tell", "0.0")}}]}""", DatasetPurpose.Instructions));
    }

    [Fact]
    public void OpenAIs_preferences_are_a_request_and_two_outputs()
    {
        var (format, rows) = _files.Read("o.jsonl", FormatFolder.Lines("""
            {"input": {"messages": [{"role": "user", "content": "Ask"}], "tools": [], "parallel_tool_calls": true},
              "preferred_output": [{"role": "assistant", "content": "A"}], "non_preferred_output": [{"role": "assistant", "content": "B"}]}
            """));

        Assert.Equal(("OpenAI preference JSON lines", "Ask", "A", "B"), (format, rows[0].Prompt, rows[0].Chosen, rows[0].Rejected));
    }

    [Fact]
    public void Outputs_of_garak_that_are_null_are_left_out_and_counted()
    {
        using var file = DatasetFile.Open(
            _files.Write("r.jsonl", FormatFolder.Lines("""
                {"entry_type": "start_run setup", "run.eval_threshold": 0.5}
                {"entry_type": "attempt", "uuid": "a", "status": 2, "prompt": "One?",
                  "outputs": [{"text": "One."}, null, {"text": "Uno."}, {"text": "Ein."}], "detector_results": {"d": [1.0, null, 0.0, null]}}
                {"entry_type": "attempt", "uuid": "b", "status": 2, "prompt": "Two?", "outputs": [null], "detector_results": {"d": [null]}}
                """)),
            purpose: DatasetPurpose.Labels);
        var rows = file.Rows().ToList();

        Assert.Equal([("One.", "unsafe"), ("Uno.", "safe")], rows.Select(row => (row.Row!.Answer!, row.Row.Label!)));
        Assert.Equal(
            [new("outputs that are null, as the generator failed", 2), new("outputs whose scores are all null", 1)], file.LeftOut);
    }
}
