using System.Text.Json;
using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Data.Review.Files;

/// <summary>Label Studio's tasks with their annotations.</summary>
internal static class LabelStudioTasks
{
    public const string Name = "Label Studio";

    public static bool Fits(JsonElement task) => task.TryGetProperty("annotations", out _) || task.TryGetProperty("completions", out _);

    /// <summary>One label for each annotation that was not skipped; one without any for a task that has none.</summary>
    public static List<RawLabel> Read(JsonElement task, int row)
    {
        var item = new Dictionary<string, string>(StringComparer.Ordinal);
        if (task.TryGetProperty("data", out var texts) && texts.ValueKind == JsonValueKind.Object)
        {
            JsonLabels.AddCells(item, texts);
        }

        foreach (var question in LabelColumns.Questions)
        {
            item.Remove(question);   // the task's own category is no answer to the question for one
        }

        var annotations = task.TryGetProperty("annotations", out var newer) ? newer : task.GetProperty("completions");
        var labels = annotations.ValueKind != JsonValueKind.Array ? [] : annotations.EnumerateArray()
            .Where(annotation => annotation.ValueKind == JsonValueKind.Object && !IsTrue(annotation, "was_cancelled"))
            .Select(annotation => new RawLabel(row, Cells(item, annotation)) { IsHistory = true })
            .ToList();
        return labels.Count > 0 ? labels : [new RawLabel(row, item)];
    }

    private static Dictionary<string, string> Cells(Dictionary<string, string> item, JsonElement annotation)
    {
        var cells = new Dictionary<string, string>(item, StringComparer.Ordinal);
        var answered = new HashSet<string>(StringComparer.Ordinal);
        if (annotation.TryGetProperty("result", out var results) && results.ValueKind == JsonValueKind.Array)
        {
            foreach (var result in results.EnumerateArray())
            {
                if (result.TryGetProperty("from_name", out var name) && result.TryGetProperty("value", out var value)
                    && LabelColumns.Canonical(name.GetString() ?? "") is var question && Answer(value, question) is { } answer)
                {
                    // A question may be answered in several parts: texts go on lines, choices behind each other.
                    cells[question] = !answered.Add(question) ? cells[question] + (IsText(value) ? "\n" : ", ") + answer : answer;
                }
            }
        }

        Set(cells, LabelColumns.Annotator, Person(annotation));
        Set(cells, LabelColumns.Seconds, annotation.TryGetProperty("lead_time", out var time) && JsonLabels.Text(time) is { } seconds
            && !LabelColumns.IsClockFault("lead_time", seconds) ? seconds : null);
        Set(cells, LabelColumns.At, annotation.TryGetProperty("created_at", out var at) ? JsonLabels.Text(at) : null);
        Set(cells, LabelColumns.Changed, annotation.TryGetProperty("updated_at", out var changed) ? JsonLabels.Text(changed) : null);
        Set(cells, LabelColumns.Decision, IsTrue(annotation, "ground_truth") ? "adjudicate" : null);
        return cells;
    }

    private static readonly string[] s_answers = ["choices", "text", "taxonomy", "rating", "number", "datetime"];

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("text", out _);

    /// <exception cref="RowFault">It answers one of our questions in a way that has no text.</exception>
    private static string? Answer(JsonElement value, string question)
    {
        if (value.ValueKind != JsonValueKind.Object || s_answers.FirstOrDefault(name => value.TryGetProperty(name, out _)) is not { } kind)
        {
            return value.ValueKind != JsonValueKind.Object ? JsonLabels.Text(value, question)
                : !LabelColumns.Questions.Contains(question) ? null
                : throw new RowFault(question, $"expected {string.Join(", ", s_answers)}, found "
                    + string.Join(", ", value.EnumerateObject().Take(6).Select(JsonSourceRecord.Name)));
        }

        return kind is "choices" or "text" or "taxonomy"
            ? JsonLabels.Text(value, question)
            : JsonLabels.Text(value.GetProperty(kind), question);
    }

    // A number, or a person with a mail address.
    private static string? Person(JsonElement annotation)
    {
        if (!annotation.TryGetProperty("completed_by", out var person))
        {
            return null;
        }

        if (person.ValueKind != JsonValueKind.Object)
        {
            return JsonLabels.Text(person);
        }

        return person.TryGetProperty("email", out var mail) ? JsonLabels.Text(mail)
            : person.TryGetProperty("id", out var number) ? JsonLabels.Text(number)
            : null;
    }

    private static bool IsTrue(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static void Set(Dictionary<string, string> cells, string column, string? text)
    {
        if (text is not null)
        {
            cells[column] = text;
        }
    }
}
