using SEAS.Data.Contracts;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>The frozen datasets of one round. Never changed: labels that come later make the next version beside it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Round">The round, from 1.</param>
/// <param name="Version">From 1.</param>
/// <param name="Folder">Where the files lie, relative to the data folder.</param>
/// <param name="ManifestSha256">Checksum of <c>manifest.json</c>, which holds those of the other files.</param>
/// <param name="Rows">Rows of all files together.</param>
/// <param name="Bytes">Length of all files together.</param>
/// <param name="FrozenUtc">When it was made.</param>
/// <param name="Reason">Why: the round ended, labels came, somebody asked.</param>
public sealed record DatasetVersion(
    RunId Run,
    int Round,
    int Version,
    string Folder,
    string ManifestSha256,
    long Rows,
    long Bytes,
    DateTimeOffset FrozenUtc,
    string Reason);
