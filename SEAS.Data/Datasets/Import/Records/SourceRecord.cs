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

    /// <summary>A text that must be there, be it empty: a model may have answered nothing.</summary>
    /// <exception cref="RowFault">It is not.</exception>
    public string Answer(string column) => Given(column) ?? throw new RowFault(column, "expected an answer, found nothing");
}

/// <summary>A row cannot be read.</summary>
internal sealed class RowFault(string column, string message) : Exception(message)
{
    public string Column { get; } = column;

    public RowError At(int row) => new(row, Column, Message);
}
