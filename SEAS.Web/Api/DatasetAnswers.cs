using SEAS.Data.Datasets.Frozen;
using SEAS.Training.Engine.Torch;

namespace SEAS.Web.Api;

/// <summary>A run's frozen datasets as programs get them.</summary>
internal sealed record DatasetsAnswer(string Run, IReadOnlyList<VersionAnswer> Versions, IReadOnlyList<string> Formats);

/// <summary>One version of one round.</summary>
internal sealed record VersionAnswer(
    int Round,
    int Version,
    string ManifestSha256,
    long Rows,
    long Bytes,
    DateTimeOffset FrozenUtc,
    string Reason,
    DatasetCounts Counts,
    IReadOnlyList<ManifestFile> Files)
{
    public static VersionAnswer Of(DatasetVersion version, DatasetManifest manifest) => new(
        version.Round, version.Version, version.ManifestSha256, version.Rows, version.Bytes, version.FrozenUtc, version.Reason,
        manifest.Counts, manifest.Files);
}
