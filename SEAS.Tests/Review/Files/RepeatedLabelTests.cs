using SEAS.Data.Contracts.Review;

namespace SEAS.Tests.Review.Files;

/// <summary>One person's two labels for one item, answers in several parts, and clocks that went back.</summary>
public sealed class RepeatedLabelTests : IDisposable
{
    private const string Item = "\"prompt\": \"prompt 1.0.0\", \"answer\": \"answer 1.0.0.0\"";

    private readonly LabelFolder _at = new();
    private readonly List<long> _keys;

    public RepeatedLabelTests() => _keys = _at.At.Add(2);

    public void Dispose() => _at.Dispose();

    [Theory]
    [InlineData("2025-01-01T10:00:00Z", "2025-01-01T10:05:00Z", SafetyLabel.Unsafe)]
    [InlineData("2025-01-02T10:00:00Z", "2025-01-01T10:05:00Z", SafetyLabel.Safe)]
    public void The_later_annotation_of_Label_Studio_counts(string first, string second, SafetyLabel counts) => AssertOne(counts, $$$"""
        [{"id": 1, "data": { {{{Item}}} }, "annotations": [{{{Annotation("safe", first)}}}, {{{Annotation("unsafe", second)}}}] }]
        """);

    [Theory]
    [InlineData("2025-01-01T10:00:00", "2025-01-02T10:00:00", SafetyLabel.Unsafe)]
    [InlineData("2025-01-03T10:00:00", "2025-01-02T10:00:00", SafetyLabel.Safe)]
    public void The_later_response_of_Argilla_counts(string first, string second, SafetyLabel counts) => AssertOne(counts, $$$"""
        [{"id": "r", "fields": { {{{Item}}} }, "responses": [
          {"user_id": "Ann", "status": "submitted", "values": {"safety": {"value": "safe"} }, "updated_at": "{{{first}}}"},
          {"user_id": "Ann", "status": "submitted", "values": {"safety": {"value": "unsafe"}}, "updated_at": "{{{second}}}"}]}]
        """);

    [Fact]
    public void Without_an_instant_the_order_of_the_tools_list_decides() => AssertOne(SafetyLabel.Unsafe, $$$"""
        [{"id": "r", "fields": { {{{Item}}} }, "responses": {"safety": [{"value": "safe", "user_id": "Ann"}, {"value": "unsafe", "user_id": "Ann"}]} }]
        """);

    [Fact]
    public void Several_choices_paths_and_texts_are_joined_and_a_negative_time_costs_the_time_alone()
    {
        var preview = _at.Preview($$$"""
            [{"id": 1, "data": { {{{Item}}} }, "annotations": [{"id": 10, "completed_by": 3, "lead_time": -3.5, "result": [
              {"from_name": "safety", "type": "choices", "value": {"choices": ["unsafe"]}},
              {"from_name": "category", "type": "choices", "value": {"choices": ["Privacy", "Fraud"]}},
              {"from_name": "style", "type": "taxonomy", "value": {"taxonomy": [["Jailbreak", "Role play"]]}},
              {"from_name": "note", "type": "textarea", "value": {"text": ["one", "two"]}}]}]}]
            """);

        Assert.Empty(LabelFolder.Problems(preview));
        _at.Labels.Import.Apply(preview);
        var label = Assert.Single(_at.At.Review.Decisions.History(_keys[0]));
        Assert.Equal(
            ("Privacy, Fraud", "Jailbreak / Role play", "one\ntwo", 0.0),
            (label.Answers.Category, label.Answers.Style, label.Answers.Note, label.Seconds));
    }

    [Theory]
    [InlineData("""{"from_name": "safety", "type": "choices", "value": {"choices": ["safe", "unsafe"]}}""", "safety", "'safe, unsafe'")]
    [InlineData("""{"from_name": "category", "type": "ranker", "value": {"ranker": ["a"]}}""", "category", "ranker")]
    public void What_cannot_be_one_answer_is_a_problem_of_its_row(string result, string column, string said)
    {
        var preview = _at.Preview($$$"""
            [{"id": 1, "data": { {{{Item}}} }, "annotations": [{"id": 10, "completed_by": 3, "result": [{{{result}}}] }] },
             {"id": 2, "data": {"prompt": "prompt 1.1.0", "answer": "answer 1.1.0.0"}, "annotations": []}]
            """);

        var problem = Assert.Single(preview.Problems);
        Assert.Equal((1, column), (problem.Row, problem.Column));
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }

    private static string Annotation(string label, string changed) => $$$"""
        {"completed_by": {"id": 3, "email": "Ann"}, "created_at": "2025-01-01T09:00:00Z", "updated_at": "{{{changed}}}", "lead_time": 2,
         "result": [{"from_name": "safety", "type": "choices", "value": {"choices": ["{{{label}}}"]}}]}
        """;

    private void AssertOne(SafetyLabel counts, string text)
    {
        var preview = _at.Preview(text);

        Assert.Empty(LabelFolder.Problems(preview));
        Assert.Equal((2, 1, 1), (preview.Rows, preview.New, preview.SetAside));
        _at.Labels.Import.Apply(preview);
        Assert.Equal(counts, Assert.Single(_at.At.Review.Decisions.History(_keys[0])).Answers.Safety);
    }
}
