using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>A dataset that was taken in from a file.</summary>
/// <param name="Id">Grows with each import; never used twice.</param>
/// <param name="Name">What people call it; no two have the same.</param>
/// <param name="Purpose">What its rows are for.</param>
/// <param name="Format">What the file was.</param>
/// <param name="Reason">Why it was taken for that.</param>
/// <param name="FileName">The file's name, without its folder.</param>
/// <param name="Sha256">Of the file, in lower-case hexadecimal.</param>
/// <param name="Content">SHA-256 of what its rows say and of their types, in whatever order; names the set in a run's plan.</param>
/// <param name="Source">Where it comes from, as the person said who took it in, else the format's set.</param>
/// <param name="Licence">What it may be used for, as that person said; empty if they did not.</param>
/// <param name="Rows">All rows.</param>
/// <param name="Train">Those to learn from.</param>
/// <param name="Validation">Those to choose by.</param>
/// <param name="Test">Those to be looked at in the end.</param>
/// <param name="CreatedUtc">When it was taken in.</param>
/// <param name="StoredAs">The file that holds its rows, relative to the data folder.</param>
public sealed record ImportedSet(
    long Id,
    string Name,
    DatasetPurpose Purpose,
    string Format,
    string Reason,
    string FileName,
    string Sha256,
    string Content,
    string Source,
    string Licence,
    long Rows,
    long Train,
    long Validation,
    long Test,
    DateTimeOffset CreatedUtc,
    string StoredAs);

/// <summary>One row of a set.</summary>
/// <param name="Number">Its place in the set, from 1, without gaps.</param>
/// <param name="Split">Its side of the split.</param>
/// <param name="Type">Its type in SEAS's spelling, after the mapping of types.</param>
/// <param name="Row">What the file said.</param>
public sealed record SetRow(long Number, DatasetSplit Split, string Type, ImportedRow Row);
