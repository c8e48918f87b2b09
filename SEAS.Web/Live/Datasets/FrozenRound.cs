using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Frozen;
using SEAS.Training.Review;
using SEAS.Training.Runs.Stages;

namespace SEAS.Web.Live.Datasets;

/// <summary>The frozen datasets of one round, as a page shows them.</summary>
/// <param name="Round">The round.</param>
/// <param name="Versions">The newest first; none where the round has ended but was never frozen.</param>
public sealed record FrozenRound(int Round, IReadOnlyList<FrozenVersionView> Versions)
{
    /// <summary>Every round of a run that has ended.</summary>
    public static IReadOnlyList<FrozenRound> Of(Store store, RunId run)
    {
        var versions = store.Datasets.Versions(run).ToLookup(version => version.Round);
        return [.. FreezeStage.Rounds(store, run).Union(versions.Select(round => round.Key)).Order()
            .Select(round => new FrozenRound(
                round, [.. versions[round].Reverse().Select(version => FrozenVersionView.Of(store, version))]))];
    }
}

/// <summary>One version.</summary>
/// <param name="Version">As the store knows it.</param>
/// <param name="Manifest">What is in it; null if that cannot be read.</param>
/// <param name="Problem">Why not; null if it can.</param>
public sealed record FrozenVersionView(DatasetVersion Version, DatasetManifest? Manifest, string? Problem)
{
    /// <summary>What it holds, in one line; empty if that cannot be read.</summary>
    public DatasetCounts? Counts => Manifest?.Counts;

    /// <summary>The file that says what is different from the version before; null for a first version.</summary>
    public ManifestFile? Diff => Manifest?.Files.FirstOrDefault(file => file.Name.StartsWith("diff", StringComparison.Ordinal));

    internal static FrozenVersionView Of(Store store, DatasetVersion version)
    {
        try
        {
            return new FrozenVersionView(version, store.Datasets.Manifest(version), null);
        }
        catch (DatasetException error)
        {
            return new FrozenVersionView(version, null, error.Message);
        }
    }
}
