using System.Globalization;
using System.Text.Json;
using SEAS.Data.Contracts.Review;

namespace SEAS.Data.Review.Files;

/// <summary>Argilla's records: texts as fields, the place as metadata, the guard's label as a suggestion, people's as responses.</summary>
internal static class ArgillaWriter
{
    public static void Write(IEnumerable<LabelledItem> items, Stream output) => JsonLabelWriter.WriteArray(items, output, Write);

    private static void Write(Utf8JsonWriter json, LabelledItem labelled)
    {
        var (item, labels) = labelled;
        json.WriteStartObject();
        json.WriteString("id", item.Key.ToString(CultureInfo.InvariantCulture));
        json.WriteString("status", labels.Count > 0 ? "completed" : "pending");
        json.WriteStartObject("fields");
        json.WriteString(LabelColumns.Prompt, item.PromptText);
        json.WriteString(LabelColumns.Answer, item.AnswerText);
        json.WriteEndObject();
        json.WriteStartObject("metadata");
        JsonLabelWriter.WriteMembers(json, LabelCells.Place(item));
        json.WriteEndObject();
        json.WriteStartObject("suggestions");
        if (LabelCells.GuardLabel(item) is { } guard)
        {
            json.WriteStartObject(LabelColumns.Safety);
            json.WriteString("value", guard);
            JsonLabelWriter.WriteMembers(json, [("score", LabelStudioWriter.ScoreOf(item))]);
            json.WriteString("agent", "guard");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("responses");
        // Argilla knows one response a person: a lead who also labelled the item has decided since.
        var people = labels.GroupBy(label => label.Annotator, StringComparer.Ordinal)
            .Select(ofPerson => ofPerson.MaxBy(label => (label.Kind == DecisionKind.Adjudicate, label.Id))!);
        var answers = people.SelectMany(label => LabelCells.Given(label.Answers).Select(given => (given.Question, given.Answer, label)));
        foreach (var question in answers.GroupBy(given => given.Question, StringComparer.Ordinal))
        {
            json.WriteStartArray(question.Key);
            foreach (var (_, answer, label) in question)
            {
                json.WriteStartObject();
                json.WriteString("value", answer);
                json.WriteString("user_id", label.Annotator);
                json.WriteString("status", "submitted");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
