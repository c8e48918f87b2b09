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
    // Rows that say nothing are passed over, so more are looked at than decide.
    private const int Looked = 200;

    private readonly string _extension = Path.GetExtension(name).ToLowerInvariant();

    /// <summary>The format.</summary>
    /// <exception cref="SourceFault">It is none that holds prompts, or a column is named that it does not have.</exception>
    public DetectedFormat Detect()
    {
        if (string.IsNullOrWhiteSpace(beginning))
        {
            throw new SourceFault("at least one prompt", "an empty file", "Choose a file with prompts in it.");
        }

        var found = Found();
        FormatNaming.RequireColumns(found, columns);
        return found;
    }

    private DetectedFormat Found()
    {
        var text = beginning.AsSpan().TrimStart();
        if (text[0] == '{')
        {
            return DetectObjects();
        }

        if (text[0] == '[' && ArrayOf(First(values => new JsonValues(values).Elements())) is { } array)
        {
            return array;
        }

        if (_extension is ".json" or ".jsonl" or ".ndjson")
        {
            throw new SourceFault(
                "JSON objects, one a line or in an array",
                text[0] == '[' ? "an array of neither objects nor texts" : $"a file that begins with '{text[0]}'",
                "Write each row as an object with 'prompt' and 'category'.");
        }

        return YamlDetection.Of(beginning, _extension) ?? new TableDetection(beginning, isAll, _extension, columns).Detect() ?? Plain();
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

    // The first element that says something decides: texts, or objects.
    private DetectedFormat? ArrayOf(IReadOnlyList<string> elements)
    {
        foreach (var element in elements.Select(text => text.TrimStart()))
        {
            if (element is ['{', ..])
            {
                return Named(new JsonRecords(isArray: true), "the file is an array of objects", elements);
            }

            if (element is ['"', not '"', ..])
            {
                return new DetectedFormat(
                    new JsonRecords(isArray: true), WholeFormats.Texts(name), "JSON array",
                    "it is an array of texts, so every one is a prompt", [JsonRecords.TextColumn]);
            }
        }

        return null;
    }

    private DetectedFormat DetectObjects()
    {
        var lines = beginning.Split('\n', Looked + 1, StringSplitOptions.TrimEntries).Where(line => line.Length > 0).ToList();
        var whole = lines.Take(isAll ? lines.Count : Math.Max(1, lines.Count - 1)).Take(Looked).ToList();
        using var first = JsonText.TryParse(lines[0]);
        if (first is not null)
        {
            return lines.Count == 1 || WholeObject.IsTopics(first.RootElement) ? Whole(first.RootElement, () => Lines(whole)) : Lines(whole);
        }

        using var spread = First(text => new JsonValues(text).Sequence()) is [var value, ..] ? JsonText.TryParse(value) : null;
        if (spread is { RootElement.ValueKind: JsonValueKind.Object })
        {
            return Whole(spread.RootElement, () => Named(
                new JsonRecords(isArray: false), "objects of several lines follow each other",
                First(text => new JsonValues(text).Sequence())));
        }

        var opens = lines[0].Length < 200 && lines[0][^1] is '{' or '[' or ',';
        if (!isAll && WholeObject.RowsWithin(beginning) is { } way)
        {
            return Wrapped(way, []);
        }

        return opens && !isAll ? Topics() : Lines(whole);
    }

    private DetectedFormat Lines(IReadOnlyList<string> lines) => Named(new JsonLines(), "the first line begins with '{'", lines);

    /// <summary>An object that may be a whole file; <paramref name="row"/> if it is one row of several.</summary>
    private DetectedFormat Whole(JsonElement value, Func<DetectedFormat> row)
    {
        if (value.ValueKind != JsonValueKind.Object || IsHalfText(value) || FormatCatalog.All.Any(
            format => format.IsOf(new JsonSourceRecord(1, value))))
        {
            return row();
        }

        WholeObject.RefuseColumns(value);
        return WholeObject.RowsWithin(value) is { } way ? Wrapped(way, [.. new WrappedRows(way).Rows(value).Take(Looked)])
            : WholeObject.IsTopics(value) ? Topics()
            : row();
    }

    private static bool IsHalfText(JsonElement value)
    {
        try
        {
            return value.EnumerateObject().Any(member => member.Name.Contains('\0', StringComparison.Ordinal));
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    private DetectedFormat Wrapped(string[] way, IReadOnlyList<JsonElement> rows) => FormatNaming.Of(
        new WrappedRows(way),
        [.. (rows.Count > 0 ? rows : Samples(way)).Where(row => row.ValueKind == JsonValueKind.Object)
            .Select(SourceRecord (row) => new JsonSourceRecord(1, row))],
        $"it is one object with rows under '{string.Join("' in '", way.Reverse())}'", isTable: false, columns);

    // Of a log that is too long to be looked at as a whole, the names alone tell what its rows are.
    private static List<JsonElement> Samples(string[] way) => way.Length > 1
        ? [JsonElement.Parse("""{"vars": {}, "success": true}""")]
        : [JsonElement.Parse("""{"input": "", "output": {}, "epoch": 1}""")];

    private static DetectedFormat Topics() => new(
        new NestedQuestions(), WholeFormats.Questions, "HarmfulQA nested JSON",
        "it is one object whose members hold lists; prompts from the lists, types from the names above them",
        [NestedQuestions.Question, NestedQuestions.Topic, NestedQuestions.Subtopic]);

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
