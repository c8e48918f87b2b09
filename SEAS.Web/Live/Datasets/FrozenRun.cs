using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Web.Live.Datasets;

/// <summary>A run that has frozen rounds.</summary>
/// <param name="Run">The run.</param>
/// <param name="Newest">The newest version of each of its rounds, by round.</param>
public sealed record FrozenRun(Run Run, IReadOnlyList<DatasetVersion> Newest)
{
    /// <summary>All of a store, the newest first.</summary>
    public static IReadOnlyList<FrozenRun> All(Store store) =>
        [.. store.Runs.List().OrderByDescending(run => run.CreatedUtc)
            .Select(run => new FrozenRun(run, [.. store.Datasets.Versions(run.Id).GroupBy(version => version.Round)
                .Select(round => round.MaxBy(version => version.Version)!).OrderBy(version => version.Round)]))
            .Where(run => run.Newest.Count > 0)];
}
