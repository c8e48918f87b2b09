using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>What taking a file in would do.</summary>
/// <param name="Format">What the file is.</param>
/// <param name="Reason">Why it was taken for that.</param>
/// <param name="Sha256">Of the file, in lower-case hexadecimal.</param>
/// <param name="Bytes">Its size, as it lies on the disk.</param>
/// <param name="Purposes">What this format can be taken in as.</param>
/// <param name="Columns">The columns or fields of the file's first rows.</param>
/// <param name="Mapping">Which of them fills which of ours: field → column.</param>
/// <param name="Sample">The first rows.</param>
/// <param name="Counts">How many of what.</param>
/// <param name="Types">The types found, most frequent first.</param>
/// <param name="Problems">The first problems, at most a hundred.</param>
public sealed record SetPreview(
    string Format,
    string Reason,
    string Sha256,
    long Bytes,
    IReadOnlyList<DatasetPurpose> Purposes,
    IReadOnlyList<string> Columns,
    IReadOnlyDictionary<string, string> Mapping,
    IReadOnlyList<ImportedRow> Sample,
    SetCounts Counts,
    IReadOnlyList<ImportedTypeCount> Types,
    IReadOnlyList<RowError> Problems)
{
    /// <summary>Whether every row can be taken.</summary>
    public bool IsSound => Counts.Problems == 0;

    /// <summary>How many rows were left out since they say nothing, by reason, such as outputs that are null; they are no problems.</summary>
    public IReadOnlyDictionary<string, long> LeftOut { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);
}

/// <summary>How many rows of what kind a file has.</summary>
/// <param name="Rows">Rows that can be taken.</param>
/// <param name="Problems">Problems in the others.</param>
/// <param name="Repeated">Rows that say the same as an earlier one of the file.</param>
/// <param name="AlreadyThere">Rows that say the same as one of another set of the same purpose.</param>
/// <param name="New">Rows that are neither.</param>
/// <param name="Groups">Groups of near-duplicates; a row like no other is a group of its own.</param>
/// <param name="LargestGroup">Rows of the largest group.</param>
/// <param name="Train">Rows to learn from.</param>
/// <param name="Validation">Rows to choose by.</param>
/// <param name="Test">Rows to be looked at in the end.</param>
public sealed record SetCounts(
    long Rows,
    long Problems,
    long Repeated,
    long AlreadyThere,
    long New,
    long Groups,
    long LargestGroup,
    long Train,
    long Validation,
    long Test)
{
    /// <summary>What made the groups.</summary>
    public SetGrouping Grouping { get; init; }
}

/// <summary>What puts rows into one group.</summary>
public enum SetGrouping
{
    /// <summary>Texts that are equal, or differ in numbers and quoted parts alone.</summary>
    Templates,

    /// <summary>These, and all near-duplicates.</summary>
    NearDuplicates,

    /// <summary>These, and nearly all near-duplicates: in a set too large to compare each with each, sketches tell which may be.</summary>
    SketchedNearDuplicates,
}

/// <summary>How often a type occurs, and what it becomes.</summary>
/// <param name="Found">As the file spells it; empty if rows have none.</param>
/// <param name="Type">Ours.</param>
/// <param name="IsKnown">Whether ours is a type of SEAS's taxonomy.</param>
/// <param name="Proposed">A type of the taxonomy that may be meant, where ours is none; null if nothing is like it.</param>
/// <param name="Rows">Rows of this type.</param>
public sealed record ImportedTypeCount(string Found, string Type, bool IsKnown, string? Proposed, long Rows);

/// <summary>How far an import is.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Bytes">Bytes of the file read.</param>
/// <param name="TotalBytes">Its size.</param>
/// <param name="Stage">What is done: <c>reading</c>, <c>comparing</c>, <c>grouping</c>, <c>storing</c>.</param>
public sealed record ImportProgress(long Rows, long Bytes, long TotalBytes, string Stage);

/// <summary>What an import did.</summary>
/// <param name="Set">The new set.</param>
/// <param name="Preview">What was found in the file.</param>
public sealed record SetOutcome(ImportedSet Set, SetPreview Preview);
