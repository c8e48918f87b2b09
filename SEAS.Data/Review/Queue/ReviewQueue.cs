using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Items;
using SEAS.Data.Review.Settings;
using SEAS.Data.Storage;

namespace SEAS.Data.Review.Queue;

/// <summary>Hands items out, one person at a time. Each public method is one transaction.</summary>
/// <remarks>
/// The order is that of <see cref="ItemOrder"/>. An item goes to as many people as it needs labels from, never to the same one twice.
/// What a person held when the process died comes back to them first.
/// </remarks>
public sealed class ReviewQueue
{
    private readonly SqliteConnections _connections;
    private readonly TimeProvider _clock;
    private readonly ReviewChanges _changes;
    private readonly string _process = Guid.NewGuid().ToString("N");

    internal ReviewQueue(SqliteConnections connections, TimeProvider clock, ReviewChanges changes)
    {
        _connections = connections;
        _clock = clock;
        _changes = changes;
    }

    /// <summary>The next item for a person; null if there is none for them now.</summary>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    /// <exception cref="ArgumentException">That cannot be a name.</exception>
    public Lease? Next(RunId run, string annotator) => Prefetch(run, annotator, 1).FirstOrDefault();

    /// <summary>The next items for a person, in order; fewer than <paramref name="count"/> if there are not so many.</summary>
    /// <inheritdoc cref="Next"/>
    public IReadOnlyList<Lease> Prefetch(RunId run, string annotator, int count)
    {
        AnnotatorRepository.RequireName(annotator);
        var given = _connections.Write((connection, transaction) =>
        {
            if (!SqliteConnections.HasRun(connection, transaction, run))
            {
                throw new RunNotFoundException(run);
            }

            var leases = Leases(connection, transaction, run);
            var returned = leases.Orphans(annotator, count);
            return returned.Concat(leases.Fresh(annotator, count - returned.Count)).ToList();
        });
        if (given.Count > 0)
        {
            _changes.Ring(run);
        }

        return given;
    }

    /// <summary>
    /// One certain item, also one that this person has labelled before; null if as many others as it needs have it in front of them.
    /// </summary>
    /// <exception cref="ReviewItemNotFoundException">There is no such item.</exception>
    /// <exception cref="ArgumentException">That cannot be a name.</exception>
    public Lease? Open(long itemKey, string annotator)
    {
        AnnotatorRepository.RequireName(annotator);
        var (run, lease) = _connections.Write((connection, transaction) =>
        {
            var place = ItemPlace.Of(connection, transaction, itemKey);
            return (place.Run, Leases(connection, transaction, place.Run).Open(place, annotator));
        });
        if (lease is not null)
        {
            _changes.Ring(run);
        }

        return lease;
    }

    /// <summary>Keeps an item for another full term; false if the lease is gone.</summary>
    public bool Renew(string token) => _connections.Write((connection, transaction) =>
        LeaseRow.Find(connection, transaction, token) is { } lease
        && Leases(connection, transaction, lease.Run).Extend(token));

    private const string ReleaseSql = "DELETE FROM review_leases WHERE token = @Token RETURNING run_id;";

    /// <summary>Gives an item back undecided; does nothing if the lease is gone.</summary>
    public void Release(string token)
    {
        var runs = _connections.Write((connection, transaction) =>
            connection.Query<RunId>(ReleaseSql, new { Token = token }, transaction).AsList());
        foreach (var run in runs)
        {
            _changes.Ring(run);
        }
    }

    private const string LeftSql = """
        SELECT (SELECT count(*) FROM review_items WHERE run_id = @Run AND open = 1)
             - (SELECT count(*) FROM review_standing WHERE run_id = @Run AND annotator = @Annotator AND open = 1);
        """;

    /// <summary>How many items still wait for this person, those in front of others included.</summary>
    public long Left(RunId run, string annotator) => _connections.Read(connection =>
        connection.ExecuteScalar<long>(LeftSql, new { Run = run, Annotator = annotator }));

    private const string HoldersSql = """
        SELECT annotator AS Annotator, count(*) AS Items
          FROM review_leases
         WHERE run_id    = @Run
           AND until_utc > @Now
         GROUP BY annotator
         ORDER BY annotator;
        """;

    /// <summary>Who has something in front of them now, by name.</summary>
    public IReadOnlyList<LeaseHolder> Holders(RunId run) => _connections.Read(connection =>
        connection.Query<LeaseHolder>(HoldersSql, new { Run = run, Now = _clock.GetUtcNow() }).AsList());

    internal LeaseBook Leases(SqliteConnection connection, SqliteTransaction transaction, RunId run) =>
        new(connection, transaction, run, _process, _clock.GetUtcNow());
}
