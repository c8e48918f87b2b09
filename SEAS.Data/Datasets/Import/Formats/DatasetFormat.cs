using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>A kind of dataset: how to know it by its columns, and what they hold.</summary>
/// <param name="Name">What a person calls it.</param>
/// <param name="Source">The set's name, for rows that do not name their own source.</param>
/// <param name="Purposes">What its rows can be used for, the most likely first.</param>
/// <param name="Signature">The columns that it must have.</param>
internal sealed record DatasetFormat(
    string Name, string Source, IReadOnlyList<DatasetPurpose> Purposes, IReadOnlyList<string> Signature)
{
    /// <summary>Columns that forbid it: with one of these, a record is of another format.</summary>
    public IReadOnlyList<string> Forbidden { get; init; } = [];

    /// <summary>What else must be true of what the columns hold; columns that are empty forbid nothing.</summary>
    public Func<SourceRecord, bool> Fits { get; init; } = _ => true;

    /// <summary>Which of our fields is filled from which column: field → column, as <see cref="RowFields"/> names fields.</summary>
    public IReadOnlyDictionary<string, string> Mapping { get; init; } = Nothing;

    /// <summary>Makes the rows of a record out of what its mapped columns gave.</summary>
    public Func<SourceRecord, ImportedRow, DatasetPurpose?, IEnumerable<ImportedRow>> Shape { get; init; } = (_, row, _) => [row];

    /// <summary>Makes a <see cref="Shape"/> for one reading of a file, where a row is to be read by what stands before it; null
    /// otherwise. Given the threshold of scores that a person named, or null.</summary>
    public Func<double?, Func<SourceRecord, ImportedRow, DatasetPurpose?, IEnumerable<ImportedRow>>>? ShapeOfFile { get; init; }

    /// <summary>Columns that <see cref="Shape"/> reads; what is neither here nor mapped is kept beside the row.</summary>
    public IReadOnlyList<string> Consumed { get; init; } = [];

    /// <summary>What tells this format apart, where columns alone do not.</summary>
    public string? Sign { get; init; }

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether a first record is of this format.</summary>
    public bool IsOf(SourceRecord record)
    {
        try
        {
            return Signature.All(record.Has) && !Forbidden.Any(record.Has) && Fits(record);
        }
        catch (Exception error) when (error is RowFault || (error is InvalidOperationException half && JsonText.IsHalfText(half)))
        {
            return false;   // what is wrong is said when the row is read
        }
    }

    /// <summary>Pairs of field and column.</summary>
    public static IReadOnlyDictionary<string, string> Map(params (string Field, string Column)[] pairs) =>
        pairs.ToDictionary(pair => pair.Field, pair => pair.Column, StringComparer.Ordinal);
}
