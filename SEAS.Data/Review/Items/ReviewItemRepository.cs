using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Settings;
using SEAS.Data.Storage;

namespace SEAS.Data.Review.Items;

/// <summary>Stores what is to be labelled. Each public method is one transaction.</summary>
public sealed class ReviewItemRepository
{
    private readonly SqliteConnections _connections;
    private readonly TimeProvider _clock;
    private readonly ReviewChanges _changes;

    internal ReviewItemRepository(SqliteConnections connections, TimeProvider clock, ReviewChanges changes)
    {
        _connections = connections;
        _clock = clock;
        _changes = changes;
    }

    /// <summary>Sends candidates to review. One that is there already gets the new reasons too, and the greater value.</summary>
    /// <returns>How many were not there yet.</returns>
    /// <exception cref="RunNotFoundException">A candidate's run is not there; nothing was stored.</exception>
    /// <exception cref="ArgumentException">A candidate's numbers cannot be; nothing was stored.</exception>
    public int Add(IReadOnlyCollection<ReviewCandidate> candidates)
    {
        if (candidates.Count == 0)
        {
            return 0;
        }

        var added = _connections.Write((connection, transaction) =>
            CandidateRows.Add(connection, transaction, candidates, _clock.GetUtcNow()));
        foreach (var run in candidates.Select(candidate => candidate.Run).Distinct())
        {
            _changes.Ring(run);
        }

        return added;
    }

    private const string FindSql = $"SELECT {ItemColumns.All} FROM review_items WHERE key = @Key;";

    /// <summary>The item of this key, or null.</summary>
    public ReviewItem? Find(long key) =>
        _connections.Read(connection => connection.QuerySingleOrDefault<ReviewItem>(FindSql, new { Key = key }));

    private const string OfRunSql = $"SELECT {ItemColumns.All} FROM review_items WHERE run_id = @Run ORDER BY key;";

    private const string OfRoundSql = $"SELECT {ItemColumns.All} FROM review_items WHERE run_id = @Run AND round = @Round ORDER BY key;";

    /// <summary>A run's items, or those of one round, by age.</summary>
    public IReadOnlyList<ReviewItem> OfRun(RunId run, int? round = null) =>
        Query<ReviewItem>(round is null ? OfRunSql : OfRoundSql, new { Run = run, Round = round });

    private const string GroupSql = $"""
        SELECT {ItemColumns.All}
          FROM review_items
         WHERE run_id = @Run
           AND grp    = @Group
         ORDER BY round DESC, value DESC, key;
        """;

    /// <summary>The members of a near-duplicate group: the newest round's first, then the most valuable.</summary>
    public IReadOnlyList<ReviewItem> Group(RunId run, string group) =>
        group.Length == 0 ? [] : Query<ReviewItem>(GroupSql, new { Run = run, Group = group });

    private const string ReasonsSql = """
        SELECT reasons AS Reason, count(*) AS Items, sum(state IN ('Pending', 'Partial')) AS "Left"
          FROM review_items
         WHERE run_id = @Run
         GROUP BY reasons;
        """;

    /// <summary>How many items each reason has brought; reasons without any are left out.</summary>
    public IReadOnlyList<ReasonCount> CountsByReason(RunId run)
    {
        var sets = Query<ReasonCount>(ReasonsSql, new { Run = run });   // a set of reasons counts under each of its members
        return Enum.GetValues<ReviewReasons>()
            .Where(reason => reason != ReviewReasons.None)
            .Select(reason => (Reason: reason, Sets: sets.Where(set => set.Reason.HasFlag(reason)).ToList()))
            .Where(of => of.Sets.Count > 0)
            .Select(of => new ReasonCount(of.Reason, of.Sets.Sum(set => set.Items), of.Sets.Sum(set => set.Left)))
            .ToList();
    }

    private const string StatesSql = """
        SELECT state AS State, count(*) AS Items
          FROM review_items
         WHERE run_id = @Run
           AND (@Round IS NULL OR round = @Round)
         GROUP BY state
         ORDER BY state;
        """;

    /// <summary>How many items are in each state, in a run or one of its rounds; states without any are left out.</summary>
    public IReadOnlyList<StateCount> CountsByState(RunId run, int? round = null) =>
        Query<StateCount>(StatesSql, new { Run = run, Round = round });

    private const string HashesSql = "SELECT key, content_hash FROM review_items WHERE run_id = @Run;";

    /// <summary>The content hash of each of a run's items, by key.</summary>
    public IReadOnlyDictionary<long, string> ContentHashes(RunId run) =>
        Query<(long Key, string Hash)>(HashesSql, new { Run = run }).ToDictionary(item => item.Key, item => item.Hash);

    private const string ConditionsSql = """
               AND (@Round IS NULL OR round = @Round)
               AND (@Reasons = 0 OR reasons & @Reasons)
               AND (@Category IS NULL OR category = @Category)
               AND (@Source IS NULL OR source = @Source)
               AND (@Kind IS NULL OR kind = @Kind)
               AND (@Text IS NULL OR instr(lower(prompt_text), lower(@Text)) OR instr(lower(answer_text), lower(@Text)))
             ORDER BY key
             LIMIT @Limit;
        """;

    private const string PageSql = $"""
        SELECT {ItemColumns.All} FROM review_items
             WHERE run_id = @Run
               AND key    > @After
        {ConditionsSql}
        """;

    private const string PageOfStateSql = $"""
        SELECT {ItemColumns.All} FROM review_items
             WHERE run_id = @Run
               AND state  = @State
               AND key    > @After
        {ConditionsSql}
        """;

    /// <summary>Items by age, those after a key, at most <paramref name="limit"/>.</summary>
    public IReadOnlyList<ReviewItem> Page(RunId run, ReviewFilter filter, int limit, long afterKey = 0) =>
        Query<ReviewItem>(filter.State is null ? PageSql : PageOfStateSql, new
        {
            Run = run,
            State = filter.State?.ToString(),
            After = afterKey,
            filter.Round,
            Reasons = (int)filter.Reasons,
            filter.Category,
            Source = filter.Source?.ToString(),
            Kind = filter.Kind?.ToString(),
            Text = string.IsNullOrWhiteSpace(filter.Text) ? null : filter.Text.Trim(),
            Limit = limit,
        });

    private IReadOnlyList<T> Query<T>(string sql, object parameters) =>
        _connections.Read(connection => connection.Query<T>(sql, parameters).AsList());
}
