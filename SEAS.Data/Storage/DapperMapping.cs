using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Data.Review;
using SEAS.Data.Review.Decisions;
using SEAS.Data.Review.Files;
using SEAS.Data.Review.Queue;
using SEAS.Data.Runs;

namespace SEAS.Data.Storage;

/// <summary>Teaches Dapper this project's types, once per process.</summary>
/// <remarks>Enums need nothing: repositories write them by name, and Dapper reads names.</remarks>
internal static class DapperMapping
{
    private static readonly Lazy<bool> s_registered = new(Register);

    /// <summary>Makes sure that the types are known; cheap after the first call.</summary>
    public static void Ensure() => _ = s_registered.Value;

    private static readonly Type[] s_records =
    [
        typeof(Run), typeof(AdversarialPrompt), typeof(TargetResponse), typeof(Verdict), typeof(AttackCase), typeof(AttackCounts),
        typeof(PreferencePair), typeof(PairCount), typeof(Checkpoint), typeof(MetricRow), typeof(RunEvent), typeof(StoredEvaluation),
        typeof(UnitRow), typeof(ReviewItem), typeof(ReasonCount), typeof(StateCount), typeof(LeaseHolder), typeof(LeaseRow),
        typeof(ItemPlace), typeof(DecisionRow), typeof(PaceRow), typeof(Annotator), typeof(Guideline), typeof(IndexedItem),
        typeof(LabelledRow), typeof(ThresholdChange), typeof(RoundThreshold), typeof(ImportedSet), typeof(StoredRow),
        typeof(DatasetVersion), typeof(DatasetExport), typeof(FrozenAnswer),
        typeof(TuningStepRow), typeof(SetAnswer),
    ];

    private static bool Register()
    {
        // Dapper's built-in mapping of DateTimeOffset would win over the handler.
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new RunIdHandler());
        foreach (var record in s_records)
        {
            SqlMapper.SetTypeMap(record, new RecordMap(record));
        }

        return true;
    }
}
