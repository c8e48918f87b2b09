using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Decisions;
using SEAS.Data.Review.Items;
using SEAS.Data.Review.Settings;

namespace SEAS.Data.Review.Queue;

/// <summary>Gives and takes the leases of one run, within one transaction.</summary>
/// <remarks>
/// A lease is a row with a token. Its instant only says when its place may be given to somebody else, so no clock, whichever way it jumps,
/// can put an item before two people: what is handed on takes the earlier row away, and with it the earlier token.
/// </remarks>
internal sealed class LeaseBook
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly RunId _run;
    private readonly string _process;
    private readonly DateTimeOffset _now;
    private readonly DateTimeOffset _until;

    public LeaseBook(SqliteConnection connection, SqliteTransaction transaction, RunId run, string process, DateTimeOffset now)
    {
        _connection = connection;
        _transaction = transaction;
        _run = run;
        _process = process;
        _now = now;
        _until = now.AddSeconds(StoredReviewSettings.Get(connection, transaction, run).LeaseSeconds);
        ShortenTooLong();
    }

    private const string ShortenSql = "UPDATE review_leases SET until_utc = @Until WHERE run_id = @Run AND until_utc > @Until;";

    // A lease that reaches further than a full term from now was given before the clock jumped back: it gets a full term.
    private void ShortenTooLong() => _connection.Execute(ShortenSql, new { Run = _run, Until = _until }, _transaction);

    private const string OrphansSql = $"""
        SELECT {ItemColumns.All}
          FROM review_leases
          JOIN review_items ON review_items.key = review_leases.item
         WHERE review_leases.run_id    = @Run
           AND review_leases.annotator = @Annotator
           AND review_leases.process  <> @Process
           AND review_items.open = 1
         ORDER BY review_items.round DESC, group_turn, worth DESC, category_turn, value DESC, key
         LIMIT @Count;
        """;

    /// <summary>What this person had in front of them when an earlier process died; it is theirs again.</summary>
    public List<Lease> Orphans(string annotator, int count) =>
        _connection.Query<ReviewItem>(OrphansSql, Parameters(annotator, count), _transaction).AsList()
            .ConvertAll(item => Give(item, annotator));

    private const string FreshSql = $"""
        SELECT {ItemColumns.All}
          FROM review_items
         WHERE run_id = @Run
           AND open = 1
           AND NOT EXISTS (SELECT 1 FROM review_standing AS mine WHERE mine.item = review_items.key AND mine.annotator = @Annotator)
           AND NOT EXISTS (
                   SELECT 1
                     FROM review_leases AS mine
                    WHERE mine.item = review_items.key AND mine.annotator = @Annotator AND mine.until_utc > @Now)
           AND votes + (SELECT count(*)
                          FROM review_leases AS live
                         WHERE live.item = review_items.key AND live.annotator <> @Annotator AND live.until_utc > @Now) < wanted
         ORDER BY round DESC, group_turn, worth DESC, category_turn, value DESC, key
         LIMIT @Count;
        """;

    /// <summary>The next items that this person has not decided on, and that are not in front of as many others as they need.</summary>
    public List<Lease> Fresh(string annotator, int count) => count <= 0 ? [] :
        _connection.Query<ReviewItem>(FreshSql, Parameters(annotator, count), _transaction).AsList().ConvertAll(item =>
        {
            MakeRoom(item.Key, annotator, item.Wanted - Votes(item.Key));
            return Give(item, annotator);
        });

    private const string ItemSql = $"SELECT {ItemColumns.All} FROM review_items WHERE key = @Key;";

    /// <summary>One certain item; null if others have it and need no more.</summary>
    public Lease? Open(ItemPlace place, string annotator)
    {
        if (!HasRoom(place, annotator))
        {
            return null;
        }

        MakeRoom(place.Key, annotator, Math.Max(1, place.Wanted - place.Votes));
        return Give(_connection.QuerySingle<ReviewItem>(ItemSql, new { place.Key }, _transaction), annotator);
    }

    /// <summary>
    /// Whether one more person may decide on an item. Also when it has all the labels that it needs: then whoever opens it means to,
    /// as long as nobody else is at it.
    /// </summary>
    public bool HasRoom(ItemPlace place, string annotator) =>
        LeaseRow.On(_connection, _transaction, place.Key).Count(lease => lease.Annotator != annotator && lease.UntilUtc > _now)
        < Math.Max(1, place.Wanted - place.Votes);

    private const string ExtendSql = "UPDATE review_leases SET until_utc = @Until, process = @Process WHERE token = @Token;";

    /// <summary>Makes a lease last a full term from now.</summary>
    public bool Extend(string token) =>
        _connection.Execute(ExtendSql, new { Until = _until, Process = _process, Token = token }, _transaction) > 0;

    private const string BackSql = """
        DELETE FROM review_leases
         WHERE item = @Item
           AND (annotator = @Annotator OR (SELECT open FROM review_items WHERE key = @Item) = 0);
        """;

    /// <summary>A person is done with an item; and everybody is, if it has all the labels that it needs now.</summary>
    public void GiveBack(long item, string annotator) =>
        _connection.Execute(BackSql, new { Item = item, Annotator = annotator }, _transaction);

    /// <summary>Whether the item is still this person's.</summary>
    public bool Holds(NewDecision decision) =>
        decision.Token is not null
        && LeaseRow.Find(_connection, _transaction, decision.Token) is { } lease
        && lease.Item == decision.Item
        && lease.Annotator == decision.Annotator;

    /// <summary>What became of a lease that is no longer good, for a message.</summary>
    public string Fate(NewDecision decision)
    {
        var holders = LeaseRow.On(_connection, _transaction, decision.Item);
        var others = holders.Where(lease => lease.Annotator != decision.Annotator).Select(lease => lease.Annotator).ToList();
        return decision.Token is null && decision.Origin != DecisionOrigin.Bulk ? "came without a lease"
            : holders.Exists(lease => lease.Annotator == decision.Annotator) ? "was opened again in another window"
            : others.Count > 0 ? $"is in front of {string.Join(", ", others)} now"
            : StandingRows.Find(_connection, _transaction, decision.Item, decision.Annotator) is not null
                ? "has this person's decision already"
            : "was given back, or to somebody who has decided on it since";
    }

    private const string VotesSql = "SELECT votes FROM review_items WHERE key = @Key;";

    private int Votes(long key) => _connection.ExecuteScalar<int>(VotesSql, new { Key = key }, _transaction);

    private const string TakeSql = "DELETE FROM review_leases WHERE token = @Token;";

    // Leases that ran out go, the oldest first, but only as many as needed: their holders may still be typing.
    private void MakeRoom(long item, string annotator, int places)
    {
        var others = LeaseRow.On(_connection, _transaction, item).Where(lease => lease.Annotator != annotator).ToList();
        foreach (var lease in others.Where(lease => lease.UntilUtc <= _now).Take(others.Count + 1 - places))
        {
            _connection.Execute(TakeSql, new { lease.Token }, _transaction);
        }
    }

    private const string GiveSql = """
        INSERT INTO review_leases (item, annotator, run_id, token, until_utc, process)
        VALUES (@Item, @Annotator, @Run, @Token, @Until, @Process)
        ON CONFLICT (item, annotator) DO UPDATE
           SET token = excluded.token, until_utc = excluded.until_utc, process = excluded.process;
        """;

    private Lease Give(ReviewItem item, string annotator)
    {
        AnnotatorRepository.Ensure(_connection, _transaction, annotator, _now);
        var lease = new Lease(item, annotator, Guid.NewGuid().ToString("N"), _until);
        _connection.Execute(
            GiveSql,
            new { Item = item.Key, lease.Annotator, Run = _run, lease.Token, Until = _until, Process = _process },
            _transaction);
        return lease;
    }

    private object Parameters(string annotator, int count) =>
        new { Run = _run, Annotator = annotator, Process = _process, Now = _now, Count = count };
}
