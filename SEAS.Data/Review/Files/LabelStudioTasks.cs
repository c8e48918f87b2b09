using System.Text.Json;

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
            .Select(annotation => new RawLabel(row, Cells(item, annotation)))
            .ToList();
        return labels.Count > 0 ? labels : [new RawLabel(row, item)];
    }

    private static Dictionary<string, string> Cells(Dictionary<string, string> item, JsonElement annotation)
    {
        var cells = new Dictionary<string, string>(item, StringComparer.Ordinal);
        if (annotation.TryGetProperty("result", out var results) && results.ValueKind == JsonValueKind.Array)
        {
            foreach (var result in results.EnumerateArray())
            {
                if (result.TryGetProperty("from_name", out var name) && result.TryGetProperty("value", out var value)
                    && JsonLabels.Text(value) is { } answer)
                {
                    cells[LabelColumns.Canonical(name.GetString() ?? "")] = answer;
                }
            }
        }

        Set(cells, LabelColumns.Annotator, Person(annotation));
        Set(cells, LabelColumns.Seconds, annotation.TryGetProperty("lead_time", out var seconds) ? JsonLabels.Text(seconds) : null);
        Set(cells, LabelColumns.At, annotation.TryGetProperty("created_at", out var at) ? JsonLabels.Text(at) : null);
        Set(cells, LabelColumns.Decision, IsTrue(annotation, "ground_truth") ? "adjudicate" : null);
        return cells;
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
