using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Decisions;
using SEAS.Data.Review.Settings;
using SEAS.Data.Storage;

namespace SEAS.Data.Review.Queue;

/// <summary>Stores what people decide, and never forgets any of it. Each public method is one transaction.</summary>
/// <remarks>What the decisions come to is in <see cref="LabelViews"/>.</remarks>
public sealed class DecisionRepository
{
    private readonly SqliteConnections _connections;
    private readonly TimeProvider _clock;
    private readonly ReviewChanges _changes;
    private readonly ReviewQueue _queue;

    internal DecisionRepository(SqliteConnections connections, TimeProvider clock, ReviewChanges changes, ReviewQueue queue)
    {
        _connections = connections;
        _clock = clock;
        _changes = changes;
        _queue = queue;
    }

    /// <summary>Records a decision, brings its item's state up to date and gives the lease back: all of it, or nothing.</summary>
    /// <exception cref="LeaseLostException">The item is no longer this person's; nothing was stored.</exception>
    /// <exception cref="ReviewItemNotFoundException">The item is gone, with its run; nothing was stored.</exception>
    /// <exception cref="ArgumentException">It says nothing, or cannot be.</exception>
    public Decision Record(NewDecision decision)
    {
        var recorded = _connections.Write((connection, transaction) =>
        {
            var place = ItemPlace.Of(connection, transaction, decision.Item);
            return Log(connection, transaction, place.Run).Record(place, decision);
        });
        _changes.Ring(recorded.Run);
        return recorded;
    }

    /// <summary>
    /// Records decisions on several items, such as a near-duplicate group's, in one transaction. Items that are done, in front of
    /// somebody else, or that this person has decided on already are left out.
    /// </summary>
    /// <returns>What was recorded.</returns>
    /// <exception cref="ReviewItemNotFoundException">One of the items is gone; nothing was stored.</exception>
    /// <exception cref="ArgumentException">One of them says nothing, or is not of the origin bulk.</exception>
    public IReadOnlyList<Decision> RecordAll(IReadOnlyCollection<NewDecision> decisions)
    {
        if (decisions.Any(decision => decision.Origin != DecisionOrigin.Bulk))
        {
            throw new ArgumentException("Decisions on several items at once should be of the origin bulk.", nameof(decisions));
        }

        var recorded = _connections.Write((connection, transaction) =>
        {
            var stored = new List<Decision>();
            foreach (var decision in decisions)
            {
                var place = ItemPlace.Of(connection, transaction, decision.Item);
                var log = Log(connection, transaction, place.Run);
                if (log.Reaches(place, decision))
                {
                    stored.Add(log.Record(place, decision));
                }
            }

            return stored;
        });
        RingAll(recorded);
        return recorded;
    }

    private const string NewestSql = $"""
        SELECT {DecisionRow.Columns}
          FROM review_decisions
         WHERE run_id = @Run
           AND annotator = @Annotator
           AND kind IN ('Submit', 'Skip', 'Discard', 'Adjudicate')
           AND origin IN ('Person', 'Bulk', 'Simulated')
           AND NOT EXISTS (SELECT 1 FROM review_decisions AS undo WHERE undo.replaces = review_decisions.id AND undo.kind = 'Undo')
         ORDER BY id DESC
         LIMIT 1;
        """;

    private const string BatchSql = $"""
        SELECT {DecisionRow.Columns}
          FROM review_decisions
         WHERE run_id = @Run
           AND annotator = @Annotator
           AND batch = @Batch
           AND kind IN ('Submit', 'Skip', 'Discard')
           AND origin = 'Bulk'
           AND NOT EXISTS (SELECT 1 FROM review_decisions AS undo WHERE undo.replaces = review_decisions.id AND undo.kind = 'Undo')
         ORDER BY id DESC;
        """;

    /// <summary>Takes a person's newest decision back, with the whole batch if it is one of many, and hands them its item again.</summary>
    /// <returns>What was taken back; null if there is nothing.</returns>
    public Undone? Undo(RunId run, string annotator)
    {
        var undone = _connections.Write((connection, transaction) =>
        {
            var parameters = new { Run = run, Annotator = annotator };
            if (connection.QueryFirstOrDefault<DecisionRow>(NewestSql, parameters, transaction)?.ToDecision() is not { } newest)
            {
                return null;
            }

            var taken = newest is { Origin: DecisionOrigin.Bulk, Batch: { } batch }
                ? connection.Query<DecisionRow>(BatchSql, new { Run = run, Annotator = annotator, Batch = batch }, transaction)
                    .Select(row => row.ToDecision()).ToList()
                : [newest];
            var log = Log(connection, transaction, run);
            var undos = taken.ConvertAll(log.Undo);
            var lease = _queue.Leases(connection, transaction, run).Open(ItemPlace.Of(connection, transaction, newest.Item), annotator);
            return new Undone(newest, undos[0], undos.Count, lease);
        });
        if (undone is not null)
        {
            _changes.Ring(run);
        }

        return undone;
    }

    /// <summary>Everything that was ever decided on an item, by age.</summary>
    public IReadOnlyList<Decision> History(long item) => LabelViews.History(_connections, item);

    /// <summary>What a person last typed on an item without submitting it, or took back; null if nothing.</summary>
    public LabelAnswers? Draft(long item, string annotator) => LabelViews.Draft(_connections, item, annotator);

    /// <summary>Everything that was ever decided in a round, by age.</summary>
    public IReadOnlyList<Decision> OfRound(RunId run, int round) => LabelViews.OfRound(_connections, run, round);

    /// <summary>Each person's decision on each item that stands, by age; adjudications too.</summary>
    public IReadOnlyList<Decision> Current(RunId run) => LabelViews.Current(_connections, run);

    /// <summary>What the labels of a round come to, by item; items without any are left out.</summary>
    /// <param name="run">The run.</param>
    /// <param name="round">The round; for the harmless set, the iterate.</param>
    /// <param name="source">Attacks, unless said otherwise.</param>
    public IReadOnlyList<EffectiveLabel> Effective(RunId run, int round, ReviewSource source = ReviewSource.Attack) =>
        LabelViews.Effective(_connections, run, round, source);

    /// <summary>Each person's standing answers, one row a question, for measuring agreement; a lead's are not among them.</summary>
    public IReadOnlyList<Submission> Submissions(RunId run) => LabelViews.Submissions(_connections, run);

    /// <summary>How fast each person labels, by name.</summary>
    public IReadOnlyList<AnnotatorPace> Pace(RunId run) => LabelPace.Of(_connections, run, _clock.GetUtcNow());

    internal DecisionLog Log(SqliteConnection connection, SqliteTransaction transaction, RunId run) =>
        new(connection, transaction, _queue.Leases(connection, transaction, run), _clock.GetUtcNow());

    private void RingAll(IEnumerable<Decision> recorded)
    {
        foreach (var run in recorded.Select(decision => decision.Run).Distinct())
        {
            _changes.Ring(run);
        }
    }
}
