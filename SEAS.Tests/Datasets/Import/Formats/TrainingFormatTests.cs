using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Training.Engine.Torch;
using SEAS.Web.Live;

namespace SEAS.Tests.Datasets.Import.Formats;

public sealed class TrainingFormatTests : IDisposable
{
    private readonly FormatFolder _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("TRL preference JSON lines", """{"prompt": "Ask", "chosen": "Good", "rejected": "Bad"}""")]
    [InlineData("TRL preference JSON lines", """{"chosen": "Ask me. Good", "rejected": "Ask me. Bad"}""", "Ask me.")]
    [InlineData(
        "TRL preference JSON lines",
        """
        {"prompt": [{"role": "user", "content": "Ask"}], "chosen": [{"role": "assistant", "content": "Good"}],
        "rejected": [{"role": "assistant", "content": "Bad"}]}
        """)]
    [InlineData(
        "TRL preference JSON lines",
        """
        {"chosen": [{"role": "user", "content": "Ask"}, {"role": "assistant", "content": "Good"}],
        "rejected": [{"role": "user", "content": "Ask"}, {"role": "assistant", "content": "Bad"}]}
        """)]
    [InlineData(
        "HH-RLHF JSON lines",
        """
        {"chosen": "\n\nHuman: Ask\n\nAssistant: Good", "rejected": "\n\nHuman: Ask\n\nAssistant: Bad"}
        """)]
    [InlineData(
        "LLaMA-Factory ranking (alpaca) JSON array", """[{"instruction": "Ask", "input": "", "chosen": "Good", "rejected": "Bad"}]""")]
    [InlineData(
        "LLaMA-Factory ranking (sharegpt) JSON array",
        """
        [{"conversations": [{"from": "human", "value": "Ask"}], "chosen": {"from": "gpt", "value": "Good"},
        "rejected": {"from": "gpt", "value": "Bad"}}]
        """)]
    [InlineData(
        "PKU-SafeRLHF JSON lines",
        """
        {"prompt": "Ask", "response_0": "Bad", "response_1": "Good", "is_response_0_safe": false,
        "is_response_1_safe": true, "better_response_id": 0, "safer_response_id": 1}
        """)]
    public void Every_shape_of_a_preference_is_the_same_pair(string format, string text, string prompt = "Ask")
    {
        var (found, rows) = _files.Read("f.data", text.ReplaceLineEndings(" "));

        Assert.Equal(format, found);
        Assert.Equal((prompt, "Good", "Bad", null), (rows[0].Prompt, rows[0].Chosen, rows[0].Rejected, rows[0].Answer));
        Assert.Empty(rows[0].History);
    }

    [Theory]
    [InlineData("Alpaca JSON array", """[{"instruction": "Ask", "input": "", "output": "Tell"}]""")]
    [InlineData("Alpaca JSON array", """[{"instruction": "Ask", "input": "this", "output": "Tell"}]""", "Ask\nthis")]
    [InlineData("Dolly JSON lines", """{"instruction": "Ask", "context": "", "response": "Tell", "category": "open_qa"}""")]
    [InlineData(
        "Self-instruct tasks JSON lines", """{"id": "t", "instruction": "Ask", "instances": [{"input": "", "output": "Tell"}]}""")]
    [InlineData("OpenAI messages JSON lines",
        """
        {"messages": [{"role": "user", "content": "Ask"}, {"role": "assistant", "content": "Tell"}]}
        """)]
    [InlineData(
        "OpenAI messages JSON lines",
        """{"messages": [{"role": "user", "content": [{"type": "text", "text": "Ask"}]}, {"role": "assistant", "content": "Tell"}]}""")]
    [InlineData("ShareGPT JSON array",
        """
        [{"conversations": [{"from": "human", "value": "Ask"}, {"from": "gpt", "value": "Tell"}]}]
        """)]
    [InlineData("Prompt and completion JSON lines", """{"prompt": "Ask", "completion": "Tell"}""")]
    [InlineData("KTO (TRL) JSON lines", """{"prompt": "Ask", "completion": "Tell", "label": true}""")]
    [InlineData(
        "KTO (TRL) JSON lines",
        """
        {"prompt": [{"role": "user", "content": "Ask"}], "completion": [{"role": "assistant", "content": "Tell"}],
        "label": true}
        """)]
    [InlineData(
        "KTO (LLaMA-Factory) JSON array",
        """[{"messages": [{"role": "user", "content": "Ask"}, {"role": "assistant", "content": "Tell"}], "kto_tag": true}]""")]
    [InlineData("KTO (LLaMA-Factory) JSON array", """[{"instruction": "Ask", "input": "", "output": "Tell", "kto_tag": true}]""")]
    public void Every_shape_of_an_instruction_is_the_same_request_and_answer(string format, string text, string prompt = "Ask")
    {
        var (found, rows) = _files.Read("f.data", text.ReplaceLineEndings(" "));

        Assert.Equal(format, found);
        Assert.Equal((prompt, "Tell"), (rows[0].Prompt, rows[0].Answer));
        Assert.Equal(format.StartsWith("KTO", StringComparison.Ordinal) ? "true" : null, rows[0].Label);
    }

    [Fact]
    public void A_conversation_keeps_its_system_message_and_earlier_turns()
    {
        var (_, rows) = _files.Read("c.jsonl", FormatFolder.Lines("""
            {"messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "One?"},
              {"role": "assistant", "content": "1"}, {"role": "user", "content": "Two?"}, {"role": "assistant",
              "content": "2"}]}
            """));

        var row = Assert.Single(rows);
        Assert.Equal(("Be brief.", "Two?", "2"), (row.System, row.Prompt, row.Answer));
        Assert.Equal([new ChatTurn("user", "One?"), new ChatTurn("assistant", "1")], row.History);
    }

    [Fact]
    public void Alpaca_keeps_its_system_message_and_history()
    {
        var (_, rows) = _files.Read("a.json", """
            [{"instruction": "Two?", "input": "", "output": "2", "system": "Be brief.", "history": [["One?", "1"]]}]
            """);

        Assert.Equal("Be brief.", rows[0].System);
        Assert.Equal([new ChatTurn("user", "One?"), new ChatTurn("assistant", "1")], rows[0].History);
    }

    [Fact]
    public void PKU_SafeRLHF_gives_the_safer_answer_or_both_with_what_is_said_of_them()
    {
        const string Text = """
            {"prompt": "Ask", "response_0": "Bad", "response_1": "Good", "is_response_0_safe": false,
              "is_response_1_safe": true, "better_response_id": 0, "safer_response_id": 1,
              "response_0_harm_category": {"Privacy Violation": true, "Violence": false}, "prompt_source": "book"}
            """;

        var pair = Assert.Single(_files.Read("p.jsonl", FormatFolder.Lines(Text), DatasetPurpose.Preferences).Rows);
        var labels = _files.Read("p.jsonl", FormatFolder.Lines(Text), DatasetPurpose.Labels).Rows;

        Assert.Equal(("Good", "Bad", "Privacy Violation", "book"), (pair.Chosen, pair.Rejected, pair.Category, pair.Source));
        Assert.Equal([("Bad", "unsafe"), ("Good", "safe")], labels.Select(row => (row.Answer!, row.Label!)));
    }

    [Fact]
    public void Each_worked_example_of_a_task_is_a_row()
    {
        var (_, rows) = _files.Read("t.jsonl", FormatFolder.Lines("""
            {"id": "t1", "name": "n", "instruction": "Add.", "instances": [{"input": "1 2", "output": "3"},
              {"input": "2 2", "output": "4"}], "is_classification": false}
            """));

        Assert.Equal([("Add.\n1 2", "3", 1), ("Add.\n2 2", "4", 1)], rows.Select(row => (row.Prompt, row.Answer!, row.Row)));
    }

    [Fact]
    public void An_answer_of_nothing_is_kept_since_a_model_may_have_given_it()
    {
        var (_, rows) = _files.Read("p.jsonl", """{"prompt": "Ask", "chosen": "Good", "rejected": ""}""");

        Assert.Equal("", rows[0].Rejected);
    }

    [Theory]
    [InlineData("""{"messages": [{"role": "user", "content": "Ask"}, {"role": "judge", "content": "x"}]}""", "messages", "'judge'")]
    [InlineData("""{"messages": [{"role": "assistant", "content": "x"}]}""", "messages", "the roles assistant")]
    [InlineData("""{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": "x"}]}]}""", "messages", "picture")]
    [InlineData("""{"messages": [{"text": "x"}]}""", "messages", "neither")]
    [InlineData("""{"instruction": "Ask", "instances": []}""", "instances", "worked examples")]
    [InlineData("""{"chosen": "One", "rejected": "Two"}""", "prompt", "begin unlike")]
    [InlineData(
        """
        {"conversations": [{"from": "human", "value": "Ask"}], "chosen": {"from": "human", "value": "x"},
        "rejected": {"from": "gpt", "value": "y"}}
        """, "chosen", "one answer")]
    [InlineData("""{"prompt": "A lone \ud83d half", "category": "x"}""", "prompt", "lone surrogate")]
    [InlineData("""{"prompt": "Ask", "half \ud83d": "x"}""", "", "names of whole letters")]
    [InlineData("""{"prompt": "A null \u0000 character", "category": "x"}""", "prompt", "null character")]
    public void A_row_of_another_shape_is_named_with_its_field(string text, string column, string said)
    {
        var problem = Assert.Single(_files.Problems("f.jsonl", text.ReplaceLineEndings(" ")));
        Assert.Equal((1, column), (problem.Row, problem.Column));
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }
}
