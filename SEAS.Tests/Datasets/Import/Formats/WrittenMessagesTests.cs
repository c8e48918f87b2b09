using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Tests.Datasets.Import.Formats;

/// <summary>Lists of messages that came into a text on their way through a table.</summary>
public sealed class WrittenMessagesTests : IDisposable
{
    private readonly FormatFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("Say hi,\"[{\"\"role\"\":\"\"assistant\"\",\"\"content\"\":\"\"Hi!\"\"}]\",\"[{\"\"role\"\":\"\"assistant\"\",\"\"content\"\":\"\"No.\"\"}]\"")]
    [InlineData("\"[{\"\"from\"\": \"\"human\"\", \"\"value\"\": \"\"Say hi\"\"}]\",\"[{\"\"from\"\":\"\"gpt\"\",\"\"value\"\":\"\"Hi!\"\"}]\","
        + "\"[{\"\"from\"\":\"\"gpt\"\",\"\"value\"\":\"\"No.\"\"}]\"")]
    [InlineData("Say hi,\"{\"\"role\"\":\"\"assistant\"\",\"\"content\"\":\"\"Hi!\"\"}\",\"{\"\"role\"\":\"\"assistant\"\",\"\"content\"\":\"\"No.\"\"}\"")]
    public void Cells_of_JSON_are_read_as_messages(string row)
    {
        var (_, rows) = _files.Read("a.csv", $"prompt,chosen,rejected\n{row}\n", DatasetPurpose.Preferences);

        Assert.Equal(("Say hi", "Hi!", "No."), (rows[0].Prompt, rows[0].Chosen, rows[0].Rejected));
    }

    [Fact]
    public void A_field_that_holds_them_as_a_text_is_read_too()
    {
        var (format, rows) = _files.Read(
            "a.jsonl",
            """{"messages": "[{\"role\": \"user\", \"content\": \"Say hi\"}, {\"role\": \"assistant\", \"content\": \"Hi!\"}]"}""",
            DatasetPurpose.Instructions);

        Assert.Equal(("OpenAI messages JSON lines", "Say hi", "Hi!"), (format, rows[0].Prompt, rows[0].Answer));
    }

    [Fact]
    public void A_plain_column_of_messages_is_the_last_request_and_what_stood_before_it()
    {
        var row = Assert.Single(_files.Read(
            "a.csv",
            "prompt,answer\n\"[{\"\"role\"\":\"\"system\"\",\"\"content\"\":\"\"Be brief.\"\"},"
            + "{\"\"role\"\":\"\"user\"\",\"\"content\"\":\"\"Say hi\"\"}]\",Hi!\n")
            .Rows);

        Assert.Equal(("Be brief.", "Say hi", "Hi!"), (row.System, row.Prompt, row.Answer));
    }

    [Theory]
    [InlineData("prompt,chosen,rejected\nSay hi,\"[{'content': 'Hi!', 'role': 'assistant'}]\",\"[{'content': 'No.', 'role': 'assistant'}]\"\n")]
    [InlineData("prompt,answer\nSay hi,\"[{'content': \"\"It's noon.\"\", 'role': 'assistant'}]\"\n")]
    [InlineData("goal,target\n\"[{'from': 'human', 'value': 'Say hi'}]\",Sure\n")]
    [InlineData("messages\n\"[{'role': 'user', 'content': 'Say hi'}]\"\n")]
    [InlineData("prompt,response\nSay hi,\"[{\"\"role\"\": \"\"assistant\"\", \"\"content\"\": \"\"Hi\"\n")]
    public void Pythons_writing_and_what_was_cut_short_are_refused_by_their_row(string text)
    {
        using var file = SEAS.Data.Datasets.Import.DatasetFile.Open(
            _files.Write("a.csv", text), text.StartsWith("messages", StringComparison.Ordinal)
                ? new Dictionary<string, string>(StringComparer.Ordinal) { [RowFields.Prompt] = "messages" } : null);
        var problem = Assert.Single(file.Rows()).Problem!;

        Assert.Equal(2, problem.Row);
        Assert.Contains("messages written as text", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_is_JSON_of_another_sort_stays_a_text()
    {
        var row = Assert.Single(_files.Read("a.jsonl", """{"prompt": "Write JSON", "answer": "[{\"name\": \"a\", \"age\": 3}]"}""").Rows);

        Assert.Equal("[{\"name\": \"a\", \"age\": 3}]", row.Answer);
    }

    [Theory]
    [InlineData("""{"prompt": "Ask", "chosen": ["A"], "rejected": ["B"]}""", "chosen")]
    [InlineData("""{"prompt": "Ask", "response": {"text": "A"}}""", "response")]
    [InlineData("""{"instruction": "Ask", "input": "", "output": ["A", "B"]}""", "output")]
    [InlineData("""{"prompt": 42, "category": "x"}""", "prompt")]
    [InlineData("""{"prompt": "Ask", "completion": {"a": 1}}""", "completion")]
    public void What_is_no_text_is_named_where_a_text_should_be(string text, string column) =>
        Assert.Equal((1, column), Assert.Single(_files.Problems("a.jsonl", text)) is var problem ? (problem.Row, problem.Column) : default);
}
