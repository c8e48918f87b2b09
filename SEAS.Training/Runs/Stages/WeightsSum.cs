using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Runs.Stages;

/// <summary>The checksum of a round's guard: as the round recorded it, or, in older runs, as its folder is now.</summary>
internal static class WeightsSum
{
    private const string Unknown = "unknown";

    public static string OfGuard(Store store, RunId run, int round, RunPlan plan)
    {
        var folder = plan.GuardModel ?? EmbeddedWeights.Guard;
        return Recorded(store, run, round) ?? (Directory.Exists(folder) ? WeightsChecksum.Of(folder) : Unknown);
    }

    private static string? Recorded(Store store, RunId run, int round) =>
        store.Units.Find(run, new UnitKey(round, RunStage.Judge, 0)) is { } unit
            ? StoredJson.Read<JudgedUnit>(unit.ResultJson).GuardSha256
            : null;
}
