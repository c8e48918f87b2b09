using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>What an export holds: <c>manifest.json</c> of a zip.</summary>
internal sealed record ExportManifest
{
    public required int SchemaVersion { get; init; }

    /// <summary>The format's name.</summary>
    public required string Format { get; init; }

    public required string Run { get; init; }

    /// <summary>The filter that rows passed.</summary>
    public required ExportFilter Filter { get; init; }

    /// <summary>The export's files, without this one.</summary>
    public required IReadOnlyList<ManifestFile> Files { get; init; }

    /// <summary>The manifests of the rounds that the rows come from.</summary>
    public required IReadOnlyList<DatasetManifest> Rounds { get; init; }
}
