using System.Globalization;
using System.Text.Json;
using SEAS.Data.Contracts.Review;

namespace SEAS.Data.Review.Files;

/// <summary>Label Studio's tasks: texts and place as the task's data, the guard's label as a prediction, people's as annotations.</summary>
internal static class LabelStudioWriter
{
    private static readonly string[] s_written = [LabelColumns.Category, LabelColumns.Style, LabelColumns.Note, LabelColumns.Corrected];

    public static void Write(IEnumerable<LabelledItem> items, Stream output) => JsonLabelWriter.WriteArray(items, output, Write);

    /// <summary>How sure the guard is of its own label, 0 to 1.</summary>
    public static double? ScoreOf(ReviewItem item) => item.Unsafe == false ? 1 - item.Score : item.Score;

    private static void Write(Utf8JsonWriter json, LabelledItem labelled)
    {
        var (item, labels) = labelled;
        json.WriteStartObject();
        json.WriteNumber("id", item.Key);
        json.WriteStartObject("data");
        JsonLabelWriter.WriteMembers(
            json, [.. LabelCells.Place(item), (LabelColumns.Prompt, item.PromptText), (LabelColumns.Answer, item.AnswerText)]);
        json.WriteEndObject();
        json.WriteStartArray("annotations");
        foreach (var label in labels)
        {
            WriteAnnotation(json, label);
        }

        json.WriteEndArray();
        json.WriteStartArray("predictions");
        if (LabelCells.GuardLabel(item) is { } guard)
        {
            json.WriteStartObject();
            json.WriteString("model_version", "guard");
            JsonLabelWriter.WriteMembers(json, [("score", ScoreOf(item))]);
            WriteResults(json, [(LabelColumns.Safety, guard)]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAnnotation(Utf8JsonWriter json, Decision label)
    {
        json.WriteStartObject();
        json.WriteNumber("id", label.Id);
        json.WriteStartObject("completed_by");
        json.WriteString("email", label.Annotator);
        json.WriteEndObject();
        json.WriteBoolean("was_cancelled", false);
        json.WriteBoolean("ground_truth", label.Kind == DecisionKind.Adjudicate);
        json.WriteString("created_at", label.AtUtc.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteNumber("lead_time", label.Seconds);
        WriteResults(json, LabelCells.Given(label.Answers));
        json.WriteEndObject();
    }

    private static void WriteResults(Utf8JsonWriter json, IEnumerable<(string Question, string Answer)> answers)
    {
        json.WriteStartArray("result");
        foreach (var (question, answer) in answers)
        {
            var isText = s_written.Contains(question, StringComparer.Ordinal);
            json.WriteStartObject();
            json.WriteString("from_name", question);
            json.WriteString("to_name", LabelColumns.Answer);
            json.WriteString("type", isText ? "textarea" : "choices");
            json.WriteStartObject("value");
            json.WriteStartArray(isText ? "text" : "choices");
            json.WriteStringValue(answer);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
