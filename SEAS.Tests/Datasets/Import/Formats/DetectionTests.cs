using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import;
using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Tests.Datasets.Import.Formats;

/// <summary>What decides what a file is, and what does not.</summary>
public sealed class DetectionTests : IDisposable
{
    private const string Chat = """{"messages": [{"role": "user", "content": "Say hi"}, {"role": "assistant", "content": "Hi!"}]}""";

    private readonly FormatFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("OpenAI messages JSON lines", "{\"messages\": []}\n" + Chat + "\n" + Chat)]
    [InlineData("OpenAI messages JSON lines", "{}\n" + Chat + "\n" + Chat)]
    [InlineData("OpenAI messages JSON lines", "{\"messages\": null}\n" + Chat + "\n" + Chat)]
    [InlineData("OpenAI messages JSON lines", "{\"note\": \"see below\"}\n" + Chat + "\n" + Chat)]
    [InlineData("OpenAI messages JSON array", "[null, " + Chat + ", " + Chat + "]")]
    [InlineData("OpenAI messages JSON array", "[[], " + Chat + ", " + Chat + "]")]
    [InlineData("ShareGPT JSON array", """
        [{"id": "a", "conversations": []}, {"id": "b", "conversations": [{"from": "human", "value": "Hi"},
        {"from": "gpt", "value": "Hi."}]}, {"id": "c", "conversations": [{"from": "human", "value": "Bye"}, {"from": "gpt", "value": "Bye."}]}]
        """)]
    [InlineData("TRL preference JSON lines", """
        {"prompt": "", "chosen": "", "rejected": ""}
        {"prompt": "Ask", "chosen": "A", "rejected": "B"}
        {"prompt": "Ask", "chosen": "A", "rejected": "C"}
        """)]
    [InlineData("SEAS JSON lines", "{}\n{\"prompt\": \"Ask\"}\n{\"prompt\": \"Ask more\", \"category\": \"x\"}")]
    [InlineData("CSV", "prompt,category\n,\nAsk,x\nAsk more,y\n")]
    public void A_first_row_that_is_empty_is_one_bad_row_and_changes_nothing(string format, string text)
    {
        using var file = DatasetFile.Open(_files.Write("f.data", text));
        var rows = file.Rows().ToList();

        Assert.Equal(format, file.Format);
        Assert.NotNull(rows[0].Problem);
        Assert.Equal(3, rows.Count);
        Assert.All(rows.Skip(1), row => Assert.Null(row.Problem));
    }

    [Fact]
    public void A_type_that_the_first_row_lacks_is_not_lost()
    {
        var (_, rows) = _files.Read("f.jsonl", "{\"prompt\": \"Ask\"}\n{\"prompt\": \"Ask more\", \"category\": \"x\"}\n");

        Assert.Equal([null, "x"], rows.Select(row => row.Category));
    }

    [Fact]
    public void Turns_of_tools_are_named_and_the_others_kept()
    {
        const string Text = """
            [{"conversations": [{"from": "human", "value": "Time?"}, {"from": "gpt", "value": "Noon."}]},
             {"conversations": [{"from": "human", "value": "Weather?"}, {"from": "function_call", "value": "{}"},
                                {"from": "observation", "value": "Sunny"}, {"from": "gpt", "value": "Sunny."}]},
             {"conversations": [{"from": "human", "value": "Weather?"}, {"from": "function_call", "value": "{}"},
                                {"from": "observation", "value": "Sunny"}, {"from": "gpt", "value": "Sunny."},
                                {"from": "human", "value": "Thanks."}, {"from": "gpt", "value": "Welcome."}]},
             {"conversations": [{"from": "gpt", "value": "Welcome."}, {"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hi."}]}]
            """;
        using var file = DatasetFile.Open(_files.Write("f.json", Text));
        var rows = file.Rows().ToList();

        Assert.Equal([1, 4], rows.Where(row => row.Row is not null).Select(row => row.Row!.Row));
        Assert.Equal([2, 3], rows.Where(row => row.Problem is not null).Select(row => row.Problem!.Row));
        Assert.All(rows.Where(row => row.Problem is not null), row => Assert.Contains("tool", row.Problem!.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_call_of_a_tool_is_no_answer_of_nothing() => Assert.Contains("call of a tool", Assert.Single(_files.Problems("f.jsonl", """
        {"messages": [{"role": "user", "content": "Weather?"}, {"role": "assistant", "content": null, "tool_calls": [{"id": "a"}]}]}
        """)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("forbidden_prompt,category\nHow?,Violence\n", "'forbidden_prompt', 'category'")]
    [InlineData("{\"prompt\": \"How?\", \"kind\": \"Violence\"}\n", "'prompt', 'kind'")]
    [InlineData("How?\nWhen?\n", "'line'")]
    public void A_mapped_column_that_is_not_there_is_refused_with_those_that_are(string text, string columns)
    {
        var error = Assert.Throws<PromptSetException>(() => DatasetFile.Open(
            _files.Write("f.data", text), new Dictionary<string, string>(StringComparer.Ordinal) { [RowFields.Category] = "nosuch" }));

        Assert.Contains("'nosuch'", error.Message, StringComparison.Ordinal);
        Assert.Contains(columns, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version: 1\ndataset_name: mine\nseeds:\n  - value: One?\n    harm_categories: [illegal]\n  - value: Two?\n")]
    [InlineData("seeds:\n  - value: One?\n---\nseeds:\n  - value: Two?\n")]
    [InlineData("---\nseeds:\n  - value: One?\n---\n---\nvalue: Two?\n")]
    public void All_seeds_of_all_documents_are_read(string text)
    {
        var (format, rows) = _files.Read("f.data", text);

        Assert.Equal("PyRIT YAML", format);
        Assert.Equal([("One?", 1), ("Two?", 2)], rows.Select(row => (row.Prompt, row.Row)));
    }

    [Theory]
    [InlineData("f.yaml", "# nothing yet\n---\n", "nothing but comments")]
    [InlineData("f.data", "# nothing yet\n---\n", "nothing but comments")]
    [InlineData("f.yaml", "name: my-workflow\non: push\njobs:\n  build: {}\n", "with the names name, on, jobs")]
    [InlineData("f.yaml", "- One?\n- Two?\n", "a list")]
    [InlineData("f.data", "services:\n  web:\n    image: a\nvolumes:\n  data: {}\n", "with the names services, volumes")]
    [InlineData("f.yaml", "prompts:\n  - '{{prompt}}'\nproviders: [echo]\nredteam:\n  plugins: [pii]\n", "without any")]
    [InlineData("f.yaml", "prompts: ['{{prompt}}']\ntests: file://tests.yaml\n", "another file")]
    public void YAML_of_another_kind_is_refused_by_what_it_is(string name, string text, string said) =>
        Assert.Contains(said, FormatFolder.Refusal(_files.Write(name, text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("Note: paint a door\nThen: close it\n")]
    [InlineData("- Paint a door\n- Paint a wall\n")]
    [InlineData("Paint a door:\nPaint a wall:\n")]
    public void Lines_of_text_with_colons_and_dashes_stay_prompts(string text) =>
        Assert.Equal("Plain text", _files.Read("f.txt", text).Format);

    [Theory]
    [InlineData("""{"prompt": ["One?", "Two?"], "category": ["a", "b"]}""")]
    [InlineData("""{"prompt": {"0": "One?", "1": "Two?"}, "category": {"0": "a", "1": "b"}}""")]
    public void Columns_of_values_are_no_topics_with_questions(string text) =>
        Assert.Contains("columns of values", FormatFolder.Refusal(_files.Write("f.json", text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"version": 1, "data": [{"goal": "One?", "target": "Sure"}, {"goal": "Two?", "target": "Sure"}]}""", "AdvBench JSON")]
    [InlineData("""{"rows": [{"row_idx": 0, "row": {"prompt": "One?"}}, {"row_idx": 1, "row": {"prompt": "Two?"}}], "features": []}""", "JSON")]
    public void Rows_under_a_name_are_read_as_what_they_are(string text, string format)
    {
        var (found, rows) = _files.Read("f.json", text);

        Assert.Equal(format, found);
        Assert.Equal(["One?", "Two?"], rows.Select(row => row.Prompt));
    }

    [Theory]
    [InlineData("""{"prompt": "Ask", "category": ["privacy", "fraud"]}""", "privacy", "privacy, fraud")]
    [InlineData("""{"prompt": "Ask", "category": {"animals": false, "privacy": true, "fraud": true}}""", "privacy", "privacy, fraud")]
    [InlineData("""{"prompt": "Ask", "category": {"animals": 0, "privacy": 1}}""", "privacy", null)]
    [InlineData("""{"prompt": "Ask", "category": "{\"animals\": false, \"privacy\": true}"}""", "privacy", null)]
    [InlineData("""{"prompt": "Ask", "category": "['privacy', 'fraud']"}""", "privacy", "privacy, fraud")]
    [InlineData("""{"prompt": "Ask", "category": "{'animals': False, 'privacy': True}"}""", "privacy", null)]
    [InlineData("""{"prompt": "Ask", "category": {"level1": "crime", "level2": "fraud"}}""", "crime / fraud", null)]
    [InlineData("""{"prompt": "Ask", "category": {"animals": false}}""", null, null)]
    [InlineData("""{"prompt": "Ask", "category": []}""", null, null)]
    public void Types_are_read_from_lists_and_flags(string text, string? category, string? all)
    {
        var row = Assert.Single(_files.Read("f.jsonl", text).Rows);

        Assert.Equal((category, all), (row.Category, row.Extra.GetValueOrDefault("categories")));
    }

    [Theory]
    [InlineData("""{"messages": [{"role": "user", "content": "Q?"}, {"role": "assistant", "content": "A."}], "label": LABEL}""")]
    [InlineData("""{"conversations": [{"from": "human", "value": "Q?"}, {"from": "gpt", "value": "A."}], "label": LABEL}""")]
    [InlineData("""{"instruction": "Q?", "input": "", "output": "A.", "label": LABEL}""")]
    public void KTO_rows_with_a_label_are_KTO_and_no_instructions(string row)
    {
        var text = $"[{row.Replace("LABEL", "false", StringComparison.Ordinal)},{row.Replace("LABEL", "true", StringComparison.Ordinal)}]";
        using var file = DatasetFile.Open(_files.Write("kto.json", text), purpose: DatasetPurpose.Labels);

        Assert.Equal("KTO (LLaMA-Factory) JSON array", file.Format);
        Assert.DoesNotContain(DatasetPurpose.Instructions, file.Purposes);
        Assert.Equal([("Q?", "A.", "false"), ("Q?", "A.", "true")], file.Rows().Select(read => (read.Row!.Prompt, read.Row.Answer!, read.Row.Label!)));
    }

    [Theory]
    [InlineData("""{"prompt": "Q?", "answer": "A.", "label": "unsafe"}""", "label")]
    [InlineData("""{"prompt": "Q?", "answer": "A.", "is_safe": false}""", "is_safe")]
    [InlineData("""{"instruction": "Q?", "output": "A.", "harmful": true}""", "harmful")]
    [InlineData("""{"messages": [{"role": "user", "content": "Q?"}, {"role": "assistant", "content": "A."}], "label": "bad"}""", "label")]
    [InlineData("""{"messages": [{"role": "user", "content": "Q?"}, {"role": "assistant", "content": "A.", "weight": 0}]}""", "answer")]
    public void An_undesired_answer_never_becomes_a_lesson(string text, string column)
    {
        var problem = Assert.Single(_files.Problems("f.jsonl", text, DatasetPurpose.Instructions));

        Assert.Equal((1, column), (problem.Row, problem.Column));
    }
}
