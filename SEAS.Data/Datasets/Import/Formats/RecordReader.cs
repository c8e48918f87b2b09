using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Makes rows out of records of one format.</summary>
internal sealed class RecordReader
{
    private readonly DatasetFormat _format;
    private readonly IReadOnlyDictionary<string, string> _mapping;
    private readonly DatasetPurpose? _purpose;
    private readonly Func<SourceRecord, ImportedRow, DatasetPurpose?, IEnumerable<ImportedRow>> _shape;
    private readonly HashSet<string> _used;
    private readonly SortedDictionary<string, long> _leftOut = new(StringComparer.Ordinal);

    /// <summary>The name under which all types of a row are kept beside it, where it has several.</summary>
    public const string AllTypes = "categories";

    /// <param name="format">The format.</param>
    /// <param name="columns">What a person said of columns; wins over the format.</param>
    /// <param name="purpose">What the rows are for, where it is known.</param>
    /// <param name="threshold">From which score on an answer is unsafe, where a person said it.</param>
    /// <exception cref="SourceFault">There is a threshold, and the format has no scores.</exception>
    public RecordReader(DatasetFormat format, IReadOnlyDictionary<string, string> columns, DatasetPurpose? purpose, double? threshold)
    {
        if (threshold is not null && format.ShapeOfFile is null)
        {
            throw new SourceFault(
                "a format with scores where a threshold is named: a garak report", format.Name.Length > 0 ? format.Name : "another one",
                "Leave the threshold out.");
        }

        _format = format;
        _shape = format.ShapeOfFile?.Invoke(threshold) ?? format.Shape;
        _purpose = purpose;
        var mapping = new Dictionary<string, string>(format.Mapping, StringComparer.Ordinal);
        foreach (var (field, column) in columns)
        {
            mapping[field] = column;
        }

        _mapping = mapping;
        _used = new HashSet<string>([.. mapping.Values, .. format.Consumed], StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Field → column.</summary>
    public IReadOnlyDictionary<string, string> Mapping => _mapping;

    /// <summary>How many rows were left out so far, by reason.</summary>
    public IReadOnlyDictionary<string, long> LeftOut => _leftOut;

    /// <summary>The rows of a record: most often one.</summary>
    /// <exception cref="RowFault">It cannot be read.</exception>
    public IEnumerable<ImportedRow> Read(SourceRecord record)
    {
        if (_purpose == DatasetPurpose.Instructions)
        {
            UndesiredAnswers.Refuse(record);
        }

        var types = _mapping.TryGetValue(RowFields.Category, out var typed) ? CategoryCell.Read(record, typed) : [];
        var row = Asked(record, new ImportedRow(record.Row, "")
        {
            Id = Text(record, RowFields.Id)?.Trim(),
            Category = types.Count > 0 ? types[0] : null,
            Source = Text(record, RowFields.Source)?.Trim() ?? _format.Source,
            IsSafe = Truth(record, RowFields.Safe),
            System = Text(record, RowFields.System),
            Answer = Given(record, RowFields.Answer),
            Chosen = Given(record, RowFields.Chosen),
            Rejected = Given(record, RowFields.Rejected),
            Label = Text(record, RowFields.Label)?.Trim(),
        });
        var extra = Extra(record);
        if (types.Count > 1)
        {
            (extra ??= new Dictionary<string, string>(StringComparer.Ordinal))[AllTypes] = string.Join(", ", types);
        }

        return Kept(_shape(record, extra is null ? row : row with { Extra = extra }, _purpose));
    }

    // Rows that say nothing are counted and go no further.
    private IEnumerable<ImportedRow> Kept(IEnumerable<ImportedRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.LeftOutAs is { } reason)
            {
                _leftOut[reason] = _leftOut.GetValueOrDefault(reason) + 1;
                continue;
            }

            if (_purpose == DatasetPurpose.Instructions && row.Label == InstructionShapes.NotLearned)
            {
                throw new RowFault(RowFields.Answer, "expected an answer to learn, found one whose weight in the file is 0");
            }

            foreach (var (text, field) in ((string?, string)[])
                [(row.Prompt, RowFields.Prompt), (row.Answer, RowFields.Answer), (row.Chosen, RowFields.Chosen), (row.Rejected, RowFields.Rejected)])
            {
                if (WrittenMessages.Is(text))
                {
                    throw new RowFault(field, "expected a text, found messages written as text");
                }
            }

            yield return row;
        }
    }

    private ImportedRow Asked(SourceRecord record, ImportedRow row)
    {
        if (!_mapping.TryGetValue(RowFields.Prompt, out var column))
        {
            return row;
        }

        var messages = record.Messages(column);
        return Conversation.Is(messages)
            ? Conversation.Fill(row, Conversation.Turns(messages, column), column)
            : row with { Prompt = record.Needed(column) };
    }

    private string? Text(SourceRecord record, string field) =>
        _mapping.TryGetValue(field, out var column) ? record.Text(column) : null;

    private string? Given(SourceRecord record, string field) =>
        !_mapping.TryGetValue(field, out var column) ? null
        : record.Messages(column) is { ValueKind: not JsonValueKind.Undefined } messages ? OneAnswer(messages, column)
        : record.Given(column);

    private static string OneAnswer(JsonElement messages, string column) =>
        (messages.ValueKind == JsonValueKind.Object || Conversation.Is(messages)) && Conversation.Turns(messages, column) is [{ Role: "assistant" } only]
            ? only.Content
            : throw new RowFault(column, $"expected a text, or one message of the assistant, found {JsonSourceRecord.Kind(messages)}");

    private bool? Truth(SourceRecord record, string field)
    {
        if (Text(record, field) is not { } text)
        {
            return _mapping.ContainsKey(field) && _format.Mapping.ContainsKey(field)
                ? throw new RowFault(_mapping[field], "expected safe or unsafe, found nothing")
                : null;
        }

        return text.Trim().ToLowerInvariant() switch
        {
            "safe" or "true" or "1" or "yes" or "benign" or "harmless" or "unharmful" or "not_harmful" => true,
            "unsafe" or "false" or "0" or "no" or "malicious" or "harmful" => false,
            _ => throw new RowFault(_mapping[field], $"expected safe or unsafe, found '{Shown.Shortly(text)}'"),
        };
    }

    private Dictionary<string, string>? Extra(SourceRecord record)
    {
        Dictionary<string, string>? extra = null;
        foreach (var column in record.Columns)
        {
            if (!_used.Contains(column) && record.Text(column) is { } text)
            {
                extra ??= new Dictionary<string, string>(StringComparer.Ordinal);
                extra.TryAdd(column, text);
            }
        }

        return extra;
    }
}
