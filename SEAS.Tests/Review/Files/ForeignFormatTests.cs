using SEAS.Data.Contracts.Review;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Runs.Context;

namespace SEAS.Tests.Review.Files;

/// <summary>What other tools write, in the shapes that their documentation shows.</summary>
public sealed class ForeignFormatTests : IDisposable
{
    private readonly LabelFolder _at = new();
    private readonly List<long> _keys;

    public ForeignFormatTests() => _keys = _at.At.Add(2);

    public void Dispose() => _at.Dispose();

    [Fact]
    public void Argillas_records_are_read_with_every_persons_submitted_responses() => AssertImports("Argilla", """
        [{"id": "1", "status": "completed", "_server_id": "x", "vectors": {},
          "fields": {"prompt": "prompt 1.0.0", "answer": "answer 1.0.0.0"},
          "metadata": {"category": "the item's own"},
          "suggestions": {"safety": {"value": "unsafe", "score": 0.9, "agent": "guard"}},
          "responses": {"safety": [{"value": "safe", "user_id": "Ann"}, {"value": "unsafe", "user_id": "Ben", "status": "submitted"},
                                   {"value": "unsafe", "user_id": "Cem", "status": "draft"}],
                        "category": [{"value": ["Health_Harm"], "user_id": "Ann"}]}},
         {"id": "2", "fields": {"prompt": "prompt 1.1.0", "answer": "answer 1.1.0.0"}, "metadata": {"category": "c"}, "responses": {}}]
        """);

    [Fact]
    public void Argillas_first_version_lists_responses() => AssertImports("Argilla", string.Concat(
        """{"fields": {"prompt": "prompt 1.0.0", "answer": "answer 1.0.0.0"}, "metadata": {}, "responses": [""",
        """{"user_id": "Ann", "status": "submitted", "values": {"safety": {"value": "safe"}, "category": {"value": "Health_Harm"}}}, """,
        """{"user_id": "Ben", "status": "submitted", "values": {"safety": {"value": "unsafe"}}}, """,
        """{"user_id": "Cem", "status": "discarded", "values": {"safety": {"value": "unsafe"}}}]}""",
        "\n",
        """{"fields": {"prompt": "prompt 1.1.0", "answer": "answer 1.1.0.0"}, "metadata": {}, "responses": []}"""));

    [Fact]
    public void Argillas_records_made_flat_are_read_by_their_columns() => AssertImports("Argilla", """
        [{"id": "1", "status": "completed", "prompt": "prompt 1.0.0", "answer": "answer 1.0.0.0", "category": "the item's own",
          "safety.responses": ["safe", "unsafe", "unsafe"], "safety.responses.users": ["Ann", "Ben", "Cem"],
          "safety.responses.status": ["submitted", "submitted", "draft"], "safety.suggestion": "unsafe", "safety.suggestion.score": 0.9,
          "category.responses": ["Health_Harm"], "category.responses.users": ["Ann"], "category.responses.status": ["submitted"]},
         {"id": "2", "status": "pending", "prompt": "prompt 1.1.0", "answer": "answer 1.1.0.0", "safety.responses": null}]
        """);

    [Fact]
    public void Label_Studios_tasks_are_read_with_every_annotation_that_was_not_skipped() => AssertImports("Label Studio", """
        [{"id": 1, "project": 83, "data": {"prompt": "prompt 1.0.0", "answer": "answer 1.0.0.0", "category": "the item's own"},
          "annotations": [
            {"id": 1001, "completed_by": {"id": 3, "email": "Ann"}, "was_cancelled": false, "ground_truth": false, "lead_time": 4.288,
             "created_at": "2021-03-09T22:16:08.728353Z",
             "result": [{"from_name": "safety", "to_name": "answer", "type": "choices", "value": {"choices": ["Safe"]}},
                        {"from_name": "category", "to_name": "answer", "type": "textarea", "value": {"text": ["Health_Harm"]}}]},
            {"id": 1002, "completed_by": "Ben", "result": [{"from_name": "safety", "type": "choices", "value": {"choices": ["Unsafe"]}}]},
            {"id": 1003, "completed_by": "Cem", "was_cancelled": true, "result": []}],
          "predictions": []},
         {"id": 2, "data": {"prompt": "prompt 1.1.0", "answer": "answer 1.1.0.0", "category": "c"}, "annotations": []}]
        """);

    [Fact]
    public void Label_Studios_short_form_is_read_by_its_names()
    {
        var preview = _at.Preview(
            """
            [{"id": 1, "prompt": "prompt 1.0.0", "answer": "answer 1.0.0.0", "safety": "Can't tell", "annotator": 7, "lead_time": 2.5}]
            """);

        Assert.Empty(LabelFolder.Problems(preview));
        _at.Labels.Import.Apply(preview);
        var label = Assert.Single(_at.At.Review.Decisions.History(_keys[0]));
        Assert.Equal(("7", SafetyLabel.CannotTell, 2.5), (label.Annotator, label.Answers.Safety, label.Seconds));
    }

    [Fact]
    public void An_element_that_is_no_record_is_named_by_its_place() => Assert.Equal(
        ["1 : expected an object in braces, found number"], LabelFolder.Problems(_at.Preview("[1]")));

    // Ann: safe and a category; Ben: unsafe; the third person's does not count; nobody labelled the second item.
    private void AssertImports(string format, string text)
    {
        var preview = _at.Preview(text);

        Assert.Empty(LabelFolder.Problems(preview));
        Assert.Equal((format, 3, 1, 2, 2), (preview.Format, preview.Rows, preview.Unlabelled, preview.Matched, preview.New));
        _at.Labels.Import.Apply(preview);
        Assert.Equal(
            [
                ("Ann", new LabelAnswers { Safety = SafetyLabel.Safe, Category = "Health_Harm" }),
                ("Ben", new LabelAnswers { Safety = SafetyLabel.Unsafe }),
            ],
            _at.At.Review.Decisions.History(_keys[0]).Select(decision => (decision.Annotator, decision.Answers)));
        Assert.Empty(_at.At.Review.Decisions.History(_keys[1]));
    }
}
