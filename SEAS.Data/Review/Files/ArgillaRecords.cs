using System.Text.Json;

namespace SEAS.Data.Review.Files;

/// <summary>Argilla's records: nested as its client writes them, with a list of responses as in its first version, or made flat.</summary>
internal static class ArgillaRecords
{
    public const string Name = "Argilla";

    private const string Responses = ".responses";

    public static bool Fits(JsonElement record) =>
        record.TryGetProperty("fields", out _) || record.TryGetProperty("responses", out _)
        || record.EnumerateObject().Any(member => member.Name.EndsWith(Responses, StringComparison.Ordinal));

    /// <summary>One label for each person who submitted; one without any for a record that nobody did.</summary>
    public static List<RawLabel> Read(JsonElement record, int row)
    {
        var item = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in new[] { "fields", "metadata" })
        {
            if (record.TryGetProperty(part, out var members) && members.ValueKind == JsonValueKind.Object)
            {
                JsonLabels.AddCells(item, members);
            }
        }

        var people = new SaidByPeople();
        if (record.TryGetProperty("responses", out var responses))
        {
            ReadNested(responses, people);
        }
        else
        {
            ReadFlat(record, item, people);
        }

        return people.All.Count == 0
            ? [Label(row, item, "", [])]
            : [.. people.All.Select(said => Label(row, item, said.Person, said.Answers))];
    }

    private static RawLabel Label(int row, Dictionary<string, string> item, string person, Dictionary<string, string> answers)
    {
        // Answers win over metadata of the same name, such as the item's own category.
        var cells = item.Where(cell => !LabelColumns.Questions.Contains(cell.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var (question, answer) in answers)
        {
            cells[question] = answer;
        }

        if (person.Length > 0)
        {
            cells[LabelColumns.Annotator] = person;
        }

        return new RawLabel(row, cells) { IsHistory = true };
    }

    private static void ReadNested(JsonElement responses, SaidByPeople people)
    {
        if (responses.ValueKind == JsonValueKind.Object)
        {
            foreach (var question in responses.EnumerateObject())
            {
                foreach (var response in Elements(question.Value))
                {
                    if (IsSubmitted(Member(response, "status")) && Member(response, "value") is { } value)
                    {
                        people.Answer(Member(response, "user_id") ?? "", question.Name, value, Changed(response));
                    }
                }
            }

            return;
        }

        foreach (var response in Elements(responses))
        {
            if (response.ValueKind == JsonValueKind.Object && IsSubmitted(Member(response, "status"))
                && response.TryGetProperty("values", out var values) && values.ValueKind == JsonValueKind.Object)
            {
                people.Begin(Member(response, "user_id") ?? "");
                foreach (var question in values.EnumerateObject())
                {
                    if (Member(question.Value, "value") is { } value)
                    {
                        people.Answer(Member(response, "user_id") ?? "", question.Name, value, Changed(response));
                    }
                }
            }
        }
    }

    private static bool IsSubmitted(string? status) => status is null or "submitted";

    private static string? Changed(JsonElement response) => Member(response, "updated_at") ?? Member(response, "inserted_at");

    private static void ReadFlat(JsonElement record, Dictionary<string, string> item, SaidByPeople people)
    {
        foreach (var member in record.EnumerateObject())
        {
            if (!member.Name.Contains('.', StringComparison.Ordinal))
            {
                if (JsonLabels.Text(member.Value) is { } text)
                {
                    item.TryAdd(LabelColumns.Canonical(member.Name), text);
                }
            }
            else if (member.Name.EndsWith(Responses, StringComparison.Ordinal))
            {
                var users = Column(record, $"{member.Name}.users");
                var statuses = Column(record, $"{member.Name}.status");
                var question = member.Name[..^Responses.Length];
                foreach (var (value, at) in Elements(member.Value).Select((value, at) => (value, at)))
                {
                    if (IsSubmitted(statuses.ElementAtOrDefault(at)) && JsonLabels.Text(value) is { } text)
                    {
                        people.Answer(users.ElementAtOrDefault(at) ?? "", question, text, changed: null);
                    }
                }
            }
        }
    }

    private static List<string?> Column(JsonElement record, string name) =>
        record.TryGetProperty(name, out var values) ? [.. Elements(values).Select(value => JsonLabels.Text(value))] : [];

    private static IEnumerable<JsonElement> Elements(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    private static string? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? JsonLabels.Text(value) : null;
}
