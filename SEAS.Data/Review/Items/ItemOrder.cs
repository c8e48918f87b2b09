using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;

namespace SEAS.Data.Review.Items;

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

    private const string StandsSql = """
        SELECT group_turn AS GroupTurn, worth AS Worth, category AS Category
          FROM review_items
         WHERE run_id = @Run
           AND round  = @Round
           AND grp IN (SELECT value FROM json_each(@Groups))
        UNION
        SELECT group_turn, worth, category FROM review_items WHERE key IN (SELECT value FROM json_each(@Keys));
        """;

    private const string SomeGroupTurnsSql = """
        UPDATE review_items
           SET group_turn = placed.turn
          FROM (SELECT key, row_number() OVER (PARTITION BY grp ORDER BY value DESC, key) - 1 AS turn
                  FROM review_items
                 WHERE run_id = @Run
                   AND round  = @Round
                   AND grp IN (SELECT value FROM json_each(@Groups))) AS placed
         WHERE review_items.key = placed.key
           AND group_turn <> placed.turn;
        """;

    private const string SomeCategoryTurnsSql = """
        UPDATE review_items
           SET category_turn = placed.turn
          FROM (SELECT key,
                       row_number() OVER (PARTITION BY group_turn, worth, category ORDER BY value DESC, key) - 1 AS turn
                  FROM review_items
                 WHERE run_id = @Run
                   AND round  = @Round
                   AND (group_turn, worth, category) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(@Stands))) AS placed
         WHERE review_items.key = placed.key
           AND category_turn <> placed.turn;
        """;

    /// <summary>Where a few items and the other members of their groups stand.</summary>
    public static HashSet<ItemStand> Stands(SqliteConnection connection, SqliteTransaction transaction, FewItems few) =>
        [.. connection.Query<ItemStand>(StandsSql, few.Parameters, transaction)];

    /// <summary>Works out where a few items that came or changed stand, and who else moves for them; to the same places as below.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="transaction">The transaction that they came in.</param>
    /// <param name="few">The items.</param>
    /// <param name="before">Where they stood before, with the other members of their groups.</param>
    public static void Arrange(SqliteConnection connection, SqliteTransaction transaction, FewItems few, HashSet<ItemStand> before)
    {
        connection.Execute(SomeGroupTurnsSql, few.Parameters, transaction);
        var stands = before.Concat(Stands(connection, transaction, few)).Distinct()
            .Select(stand => new object[] { stand.GroupTurn, stand.Worth, stand.Category });
        connection.Execute(SomeCategoryTurnsSql, new { few.Run, few.Round, Stands = JsonSerializer.Serialize(stands) }, transaction);
    }

    /// <summary>Works the turns of a round out anew.</summary>
    public static void Arrange(SqliteConnection connection, SqliteTransaction transaction, RunId run, int round)
    {
        var parameters = new { Run = run, Round = round };
        connection.Execute(GroupTurnSql, parameters, transaction);
        connection.Execute(CategoryTurnSql, parameters, transaction);
    }
}
