using System.Text.Json;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Records;

/// <summary>One record of a file: a table's row or a JSON object, by its columns.</summary>
internal abstract class SourceRecord(int row)
{
    /// <summary>Where it stands, as <see cref="ImportedRow.Row"/> says it.</summary>
    public int Row { get; } = row;

    /// <summary>The columns that it has.</summary>
    public abstract IEnumerable<string> Columns { get; }

    /// <summary>Whether it has a column.</summary>
    public abstract bool Has(string column);

    /// <summary>What a column holds, as text; null where it holds nothing but white space.</summary>
    /// <exception cref="RowFault">It holds half a letter or a null character.</exception>
    public abstract string? Text(string column);

    /// <summary>The same, with texts that are empty or blank; null only where there is nothing at all.</summary>
    /// <exception cref="RowFault">It holds half a letter or a null character.</exception>
    public abstract string? Given(string column);

    /// <summary>What a column holds, where the file is JSON; undefined otherwise.</summary>
    public abstract JsonElement Json(string column);

    /// <summary>A text that must be there and say something.</summary>
    /// <exception cref="RowFault">It is not, or does not.</exception>
    public abstract string Needed(string column);

    /// <summary>A list of messages, or one message, as JSON or written into a text; undefined where the column holds none.</summary>
    /// <exception cref="RowFault">They are written into a text in another way than JSON.</exception>
    public JsonElement Messages(string column)
    {
        var value = Json(column);
        return value.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? value
            : Given(column) is { } text && WrittenMessages.Is(text) ? WrittenMessages.Read(text, column)
            : default;
    }

    /// <summary>The same as <see cref="Given"/>, where only a text, a number or a truth makes sense.</summary>
    /// <exception cref="RowFault">It holds a list or an object.</exception>
    public string? Said(string column)
    {
        var value = Json(column);
        return value.ValueKind is JsonValueKind.Array or JsonValueKind.Object
            ? throw new RowFault(column, $"expected a text, found {JsonSourceRecord.Kind(value)}")
            : Given(column);
    }

    /// <summary>A text that must be there, be it empty: a model may have answered nothing.</summary>
    /// <exception cref="RowFault">It is not.</exception>
    public string Answer(string column) => Said(column) ?? throw new RowFault(column, "expected an answer, found nothing");

    /// <summary>Whether a column holds anything: no null, no blank text, no empty list or object.</summary>
    public bool IsFilled(string column) => Json(column) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.GetArrayLength() > 0,
        { ValueKind: JsonValueKind.Object } members => members.EnumerateObject().Any(),
        _ => Text(column) is not null,
    };
}

/// <summary>A row cannot be read.</summary>
internal sealed class RowFault(string column, string message) : Exception(message)
{
    public string Column { get; } = column;

    public RowError At(int row) => new(row, Column, Message);
}
