using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Decisions;
using SEAS.Data.Review.Items;

namespace SEAS.Data.Review.Queue;

/// <summary>Brings the items of a run to new settings: how many labels each needs, and what its labels come to then.</summary>
internal static class WantedLabels
{
    private const string ChangedSql = """
        UPDATE review_items
           SET wanted = CASE WHEN lot < @OverlapBelow THEN @InOverlap ELSE @Minimum END
         WHERE run_id = @Run
           AND wanted <> CASE WHEN lot < @OverlapBelow THEN @InOverlap ELSE @Minimum END
        RETURNING CASE WHEN votes > 0 THEN key END;
        """;

    public static void Apply(SqliteConnection connection, SqliteTransaction transaction, RunId run, ReviewSettings settings)
    {
        var changed = connection.Query<long?>(
            ChangedSql,
            new
            {
                Run = run,
                OverlapBelow = settings.OverlapShare * CandidateRows.Lots,
                InOverlap = CandidateRows.Wanted(-1, settings),
                Minimum = settings.MinimumSubmissions,
            },
            transaction).AsList();
        foreach (var key in changed)
        {
            if (key is { } labelled)
            {
                StandingRows.Settle(connection, transaction, labelled);
            }
        }
    }
}
