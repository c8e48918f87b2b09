using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Connections;
using SEAS.Data.Domain;
using SEAS.Data.Runs;

namespace SEAS.Data.Review;

/// <summary>Stores where people moved a run's threshold to, and by which one each round is judged. Each public method is one
/// transaction.</summary>
public sealed class ThresholdRepository
{
    private readonly SqliteConnections _connections;
    private readonly TimeProvider _clock;
    private readonly ReviewChanges _changes;

    internal ThresholdRepository(SqliteConnections connections, TimeProvider clock, ReviewChanges changes)
    {
        _connections = connections;
        _clock = clock;
        _changes = changes;
    }

    private const string ApplySql = """
        INSERT INTO review_thresholds (run_id, from_value, to_value, who, reason, at_utc)
        VALUES (@Run, @From, @To, @Who, @Reason, @AtUtc)
        RETURNING id;
        """;

    /// <summary>Moves the threshold for all rounds whose judging has not begun.</summary>
    /// <param name="run">The run.</param>
    /// <param name="from">The threshold that the person was shown as the one in force.</param>
    /// <param name="to">The new one, in (0, 1).</param>
    /// <param name="who">Who wants it.</param>
    /// <param name="reason">What speaks for it.</param>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    /// <exception cref="ThresholdMovedException">Somebody else moved it meanwhile; nothing was stored.</exception>
    public ThresholdChange Apply(RunId run, double from, double to, string who, string reason)
    {
        AnnotatorRepository.RequireName(who);
        ArgumentNullException.ThrowIfNull(reason);
        if (!(to is > 0 and < 1) || to == from)
        {
            throw new ArgumentOutOfRangeException(
                nameof(to), to, FormattableString.Invariant($"A new threshold should lie between 0 and 1 and not be the old one, {from}."));
        }

        var applied = _connections.Write((connection, transaction) =>
        {
            if (!SqliteConnections.HasRun(connection, transaction, run))
            {
                throw new RunNotFoundException(run);
            }

            if (Newest(connection, transaction, run) is { } newest && newest.To != from)
            {
                throw new ThresholdMovedException(from, newest);
            }

            var now = _clock.GetUtcNow();
            var id = connection.ExecuteScalar<long>(
                ApplySql, new { Run = run, From = from, To = to, Who = who, Reason = reason, AtUtc = now }, transaction);
            return new ThresholdChange(id, from, to, who, reason, now);
        });
        _changes.Ring(run);
        return applied;
    }

    private const string FreezeSql = """
        INSERT INTO review_round_thresholds (run_id, round, threshold, change, begun_utc)
        VALUES (@Run, @Round, @Threshold, @Change, @BegunUtc);
        """;

    /// <summary>Settles what a round is judged by, once: later calls give what the first one settled.</summary>
    /// <param name="run">The run.</param>
    /// <param name="round">The round whose judging begins or goes on.</param>
    /// <param name="planned">The plan's threshold, in force while nobody moved it.</param>
    /// <param name="used">What its verdicts were given by, if it has some already.</param>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public RoundThreshold Freeze(RunId run, int round, double planned, double? used) => _connections.Write((connection, transaction) =>
    {
        if (!SqliteConnections.HasRun(connection, transaction, run))
        {
            throw new RunNotFoundException(run);
        }

        if (connection.QuerySingleOrDefault<RoundThreshold>(RoundSql, new { Run = run, Round = round }, transaction) is { } settled)
        {
            return settled;
        }

        var newest = used is null ? Newest(connection, transaction, run) : null;
        var own = new RoundThreshold(round, used ?? newest?.To ?? planned, newest?.Id);
        connection.Execute(
            FreezeSql, new { Run = run, Round = round, own.Threshold, own.Change, BegunUtc = _clock.GetUtcNow() }, transaction);
        return own;
    });

    private const string ChangesSql = """
        SELECT id         AS Id,
               from_value AS "From",
               to_value   AS "To",
               who        AS Who,
               reason     AS Reason,
               at_utc     AS AtUtc
          FROM review_thresholds
         WHERE run_id = @Run
         ORDER BY id DESC;
        """;

    /// <summary>Every change, the newest first.</summary>
    public IReadOnlyList<ThresholdChange> Changes(RunId run) => _connections.Read(connection =>
        connection.Query<ThresholdChange>(ChangesSql, new { Run = run }).AsList());

    private const string RoundsSql =
        "SELECT round AS Round, threshold AS Threshold, change AS Change FROM review_round_thresholds WHERE run_id = @Run ORDER BY round;";

    /// <summary>What each round is judged by, by round; none for rounds whose judging has not begun.</summary>
    public IReadOnlyList<RoundThreshold> Rounds(RunId run) => _connections.Read(connection =>
        connection.Query<RoundThreshold>(RoundsSql, new { Run = run }).AsList());

    private const string RoundSql = """
        SELECT round AS Round, threshold AS Threshold, change AS Change
          FROM review_round_thresholds
         WHERE run_id = @Run
           AND round  = @Round;
        """;

    /// <summary>What one round is judged by; null while its judging has not begun.</summary>
    public RoundThreshold? Round(RunId run, int round) => _connections.Read(connection =>
        connection.QuerySingleOrDefault<RoundThreshold>(RoundSql, new { Run = run, Round = round }));

    private static ThresholdChange? Newest(SqliteConnection connection, SqliteTransaction transaction, RunId run) =>
        connection.QueryFirstOrDefault<ThresholdChange>(ChangesSql, new { Run = run }, transaction);
}
