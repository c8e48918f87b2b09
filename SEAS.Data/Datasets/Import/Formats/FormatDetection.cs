using System.Text.Json;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Tells from the beginning of a file what it is. The file's name decides only what the content leaves open.</summary>
/// <param name="name">The file's name.</param>
/// <param name="beginning">Its first letters.</param>
/// <param name="isAll">Whether there are no more.</param>
/// <param name="columns">What a person said of columns: field → column.</param>
internal sealed class FormatDetection(string name, string beginning, bool isAll, IReadOnlyDictionary<string, string> columns)
{
    private const int Looked = 5;

    private readonly string _extension = Path.GetExtension(name).ToLowerInvariant();

    /// <summary>The format.</summary>
    /// <exception cref="SourceFault">It is none that holds prompts.</exception>
    public DetectedFormat Detect()
    {
        if (string.IsNullOrWhiteSpace(beginning))
        {
            throw new SourceFault("at least one prompt", "an empty file", "Choose a file with prompts in it.");
        }

        var text = beginning.AsSpan().TrimStart();
        if (text[0] == '{')
        {
            return DetectObjects();
        }

        if (text[0] == '[' && text[1..].TrimStart() is ['{' or '"', ..])
        {
            return DetectArray(text[1..].TrimStart()[0] == '"');
        }

        if (_extension is ".json" or ".jsonl" or ".ndjson")
        {
            throw new SourceFault(
                "JSON objects, one a line or in an array",
                text[0] == '[' ? "an array of neither objects nor texts" : $"a file that begins with '{text[0]}'",
                "Write each row as an object with 'prompt' and 'category'.");
        }

        if (YamlBeginning.Is(beginning))
        {
            return new DetectedFormat(
                new YamlSeeds(), WholeFormats.PyRit, "PyRIT YAML", "it begins with the names of PyRIT's seed prompts; prompts from 'value'",
                [YamlSeeds.Value, YamlSeeds.Types, YamlSeeds.Source]);
        }

        return new TableDetection(beginning, isAll, _extension, columns).Detect() ?? Plain();
    }

    private DetectedFormat Plain()
    {
        var format = WholeFormats.Lines(name);
        return new DetectedFormat(
            new TextLines(),
            format,
            format.Name.Length > 0 ? format.Name : "Plain text",
            "the first line is neither JSON nor a header of columns, so every line is a prompt"
            + (format.Name.Length > 0 ? "; the file's name says MaliciousInstruct" : ""),
            [TextLines.Column]);
    }

    private DetectedFormat DetectArray(bool ofTexts)
    {
        if (ofTexts)
        {
            return new DetectedFormat(
                new JsonRecords(isArray: true), WholeFormats.Texts(name), "JSON array", "it is an array of texts, so every one is a prompt",
                [JsonRecords.TextColumn]);
        }

        return Named(new JsonRecords(isArray: true), "the file is an array of objects", First(text => new JsonValues(text).Elements()));
    }

    private DetectedFormat DetectObjects()
    {
        var lines = beginning.Split('\n', Looked + 1, StringSplitOptions.TrimEntries).Where(line => line.Length > 0).ToList();
        var whole = lines.Take(isAll ? lines.Count : Math.Max(1, lines.Count - 1)).Take(Looked).ToList();
        using var first = JsonText.TryParse(lines[0]);
        if (first is not null && !IsNested(first.RootElement))
        {
            return Named(new JsonLines(), "the first line begins with '{'", whole);
        }

        if (first is null)
        {
            using var spread = First(text => new JsonValues(text).Sequence()) is [var value, ..] ? JsonText.TryParse(value) : null;
            var opens = lines[0].Length < 200 && lines[0][^1] is '{' or '[' or ',';
            if (spread is null && !(opens && !isAll))
            {
                return Named(new JsonLines(), "the first line begins with '{'", whole);
            }

            if (spread is not null && !IsNested(spread.RootElement))
            {
                return Named(
                    new JsonRecords(isArray: false), "objects of several lines follow each other",
                    First(text => new JsonValues(text).Sequence()));
            }
        }

        return new DetectedFormat(
            new NestedQuestions(), WholeFormats.Questions, "HarmfulQA nested JSON",
            "it is one object whose members hold lists; prompts from the lists, types from the names above them",
            [NestedQuestions.Question, NestedQuestions.Topic, NestedQuestions.Subtopic]);
    }

    // Records hold at least one text or number; an object of topics holds only more objects and lists.
    private static bool IsNested(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && value.EnumerateObject().Any()
        && value.EnumerateObject().All(member => member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        && !FormatCatalog.All.Any(format => format.IsOf(new JsonSourceRecord(1, value)));

    private DetectedFormat Named(IRecordSource records, string how, IReadOnlyList<string> first)
    {
        var documents = first.Select(JsonText.TryParse).OfType<JsonDocument>().ToList();
        try
        {
            var rows = documents.Where(document => document.RootElement.ValueKind == JsonValueKind.Object)
                .Select(SourceRecord (document) => new JsonSourceRecord(1, document.RootElement)).ToList();
            return FormatNaming.Of(records, rows, how, isTable: false, columns);
        }
        finally
        {
            documents.ForEach(document => document.Dispose());
        }
    }

    private List<string> First(Func<CheckedText, IEnumerable<string>> values)
    {
        var first = new List<string>();
        try
        {
            using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(beginning));
            foreach (var value in values(new CheckedText(bytes)).Take(Looked))
            {
                first.Add(value);
            }
        }
        catch (SourceFault)
        {
            // The beginning ends within a value; what came before it is enough.
        }

        return first;
    }
}
