using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;

namespace SEAS.Data.Review.Queue;

/// <summary>A lease as it is stored.</summary>
internal sealed record LeaseRow(long Item, string Annotator, RunId Run, string Token, DateTimeOffset UntilUtc)
{
    private const string SelectSql =
        "SELECT item AS Item, annotator AS Annotator, run_id AS Run, token AS Token, until_utc AS UntilUtc FROM review_leases";

    public static LeaseRow? Find(SqliteConnection connection, SqliteTransaction transaction, string token) =>
        connection.QuerySingleOrDefault<LeaseRow>($"{SelectSql} WHERE token = @Token;", new { Token = token }, transaction);

    /// <summary>All leases on an item, the first to run out first.</summary>
    public static List<LeaseRow> On(SqliteConnection connection, SqliteTransaction transaction, long item) =>
        connection.Query<LeaseRow>($"{SelectSql} WHERE item = @Item ORDER BY until_utc;", new { Item = item }, transaction).AsList();
}

/// <summary>What decides whether one more person may have an item.</summary>
internal sealed record ItemPlace(long Key, RunId Run, int Votes, int Wanted, bool Open)
{
    private const string SelectSql =
        "SELECT key AS Key, run_id AS Run, votes AS Votes, wanted AS Wanted, open AS Open FROM review_items WHERE key = @Key;";

    /// <exception cref="ReviewItemNotFoundException">There is no such item.</exception>
    public static ItemPlace Of(SqliteConnection connection, SqliteTransaction transaction, long key) =>
        connection.QuerySingleOrDefault<ItemPlace>(SelectSql, new { Key = key }, transaction) ?? throw new ReviewItemNotFoundException(key);
}
