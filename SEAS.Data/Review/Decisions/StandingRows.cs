using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts.Review;

namespace SEAS.Data.Review.Decisions;

/// <summary>Keeps what stands, and each item's state, in step with the log of decisions, within the transaction that appends.</summary>
internal static class StandingRows
{
    private const string FindSql = "SELECT decision FROM review_standing WHERE item = @Item AND annotator = @Annotator;";

    /// <summary>The number of a person's decision on an item that stands, or null.</summary>
    public static long? Find(SqliteConnection connection, SqliteTransaction transaction, long item, string annotator) =>
        connection.QuerySingleOrDefault<long?>(FindSql, new { Item = item, Annotator = annotator }, transaction);

    private const string SetSql = """
        INSERT INTO review_standing (item, annotator, run_id, decision, open)
        SELECT item, annotator, run_id, id, 1 FROM review_decisions WHERE id = @Decision
        ON CONFLICT (item, annotator) DO UPDATE SET decision = excluded.decision;
        """;

    private const string RemoveSql = "DELETE FROM review_standing WHERE item = @Item AND annotator = @Annotator;";

    private const string GoldSql = "UPDATE review_items SET gold = @Decision WHERE key = @Item;";

    /// <summary>From now on this decision stands for its person, or as the lead's; null: none does.</summary>
    public static void Set(
        SqliteConnection connection, SqliteTransaction transaction, long item, string annotator, DecisionKind kind, long? decision)
    {
        var sql = kind == DecisionKind.Adjudicate ? GoldSql : decision is null ? RemoveSql : SetSql;
        connection.Execute(sql, new { Item = item, Annotator = annotator, Decision = decision }, transaction);
    }

    private const string StandingSql = $"""
        SELECT {DecisionRow.Columns}
          FROM review_standing
          JOIN review_decisions ON review_decisions.id = review_standing.decision
         WHERE review_standing.item = @Item;
        """;

    private const string ItemSql = "SELECT wanted, gold FROM review_items WHERE key = @Item;";

    private const string DecisionSql = $"SELECT {DecisionRow.Columns} FROM review_decisions WHERE id = @Id;";

    private const string SettleSql = """
        UPDATE review_items
           SET state = @State, votes = @Votes, submissions = @Submissions, open = @Open
         WHERE key = @Item;
        UPDATE review_standing SET open = @Open WHERE item = @Item;
        """;

    /// <summary>Works an item's state out anew.</summary>
    public static void Settle(SqliteConnection connection, SqliteTransaction transaction, long item)
    {
        var (wanted, gold) = connection.QuerySingle<(int Wanted, long? Gold)>(ItemSql, new { Item = item }, transaction);
        var standing = connection.Query<DecisionRow>(StandingSql, new { Item = item }, transaction);
        var lead = gold is null ? null : connection.QuerySingle<DecisionRow>(DecisionSql, new { Id = gold }, transaction).ToDecision();
        var labels = new LabelConsensus([.. standing.Select(row => row.ToDecision())], lead);
        var state = labels.State(wanted);
        var settled = new
        {
            Item = item,
            State = state.ToString(),
            labels.Votes,
            labels.Submissions,
            Open = state is ReviewState.Pending or ReviewState.Partial,
        };
        connection.Execute(SettleSql, settled, transaction);
    }
}
