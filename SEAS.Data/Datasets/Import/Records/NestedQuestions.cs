using System.Text.Json;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>Questions in lists, by topic and subtopic (HarmfulQA, CatQA); or a list of records with a name or two above it.</summary>
internal sealed class NestedQuestions : IRecordSource
{
    /// <summary>The columns that its records have.</summary>
    public const string Question = "question", Topic = "topic", Subtopic = "subtopic";

    public string Name => "nested JSON";

    public IEnumerable<FoundRecord> Read(CheckedText text)
    {
        var row = 0;
        foreach (var value in new JsonValues(text).Sequence())
        {
            using var document = Parsed(value);
            foreach (var (path, question) in Found(document.RootElement))
            {
                row++;
                yield return question.ValueKind == JsonValueKind.Object
                    ? JsonText.Record(row, question)
                    : Read(row, path, question);
            }
        }
    }

    private static FoundRecord Read(int row, string[] path, JsonElement question)
    {
        try
        {
            return question.ValueKind != JsonValueKind.String
                ? throw new RowFault(Question, $"expected the text of a question, found {JsonSourceRecord.Kind(question)}")
                : new FoundRecord(
                    new NamedTexts(
                        row,
                        (Question, JsonSourceRecord.Written(question, Question)),
                        (Topic, path.FirstOrDefault()),
                        (Subtopic, string.Join(" / ", path.Skip(1)))),
                    null);
        }
        catch (RowFault fault)
        {
            return new FoundRecord(null, fault.At(row));
        }
    }

    /// <summary>What the lists of a value hold, each with the names above it.</summary>
    private static IEnumerable<(string[] Path, JsonElement Leaf)> Leaves(JsonElement value, string[] path) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(
            member => Leaves(member.Value, [.. path, JsonSourceRecord.Name(member)])),
        JsonValueKind.Array => value.EnumerateArray().Select(element => (path, element)),
        _ => [],
    };

    private static List<(string[] Path, JsonElement Leaf)> Found(JsonElement value)
    {
        try
        {
            return [.. Leaves(value, [])];
        }
        catch (RowFault fault)
        {
            throw new SourceFault("one whole JSON object", fault.Message, "Mend the file, or get it again.", fault);
        }
    }

    private static JsonDocument Parsed(string value)
    {
        try
        {
            return JsonText.Parse(value);
        }
        catch (JsonException error)
        {
            throw new SourceFault("one whole JSON object", error.Message.TrimEnd('.'), "Mend the file, or get it again.", error);
        }
    }
}
