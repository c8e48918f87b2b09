using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Domain;

namespace SEAS.Data.Review;

/// <summary>Where each item of a round stands in the queue.</summary>
/// <remarks>
/// New rounds before old. Within a round the best of each near-duplicate group before the second of any. Then by value, but items whose
/// values lie within the same factor of two take turns by type: nobody sees one type for an hour, and no item waits for one that is worth
/// less than half as much.
/// </remarks>
internal static class ItemOrder
{
    private const string GroupTurnSql = """
        UPDATE review_items
           SET group_turn = placed.turn
          FROM (SELECT key,
                       CASE grp WHEN '' THEN 0 ELSE row_number() OVER (PARTITION BY grp ORDER BY value DESC, key) - 1 END AS turn
                  FROM review_items
                 WHERE run_id = @Run
                   AND round  = @Round) AS placed
         WHERE review_items.key = placed.key
           AND group_turn <> placed.turn;
        """;

    private const string CategoryTurnSql = """
        UPDATE review_items
           SET category_turn = placed.turn
          FROM (SELECT key,
                       row_number() OVER (PARTITION BY group_turn, worth, category ORDER BY value DESC, key) - 1 AS turn
                  FROM review_items
                 WHERE run_id = @Run
                   AND round  = @Round) AS placed
         WHERE review_items.key = placed.key
           AND category_turn <> placed.turn;
        """;

    /// <summary>Works the turns of a round out anew.</summary>
    public static void Arrange(SqliteConnection connection, SqliteTransaction transaction, RunId run, int round)
    {
        var parameters = new { Run = run, Round = round };
        connection.Execute(GroupTurnSql, parameters, transaction);
        connection.Execute(CategoryTurnSql, parameters, transaction);
    }
}
