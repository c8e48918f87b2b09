using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Storage;

namespace SEAS.Data.Review.Settings;

/// <summary>Stores where people moved a run's threshold to, how they calibrated its scores, and what each round is judged by. Each public
/// method is one transaction.</summary>
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
        INSERT INTO review_thresholds (run_id, from_value, to_value, who, reason, at_utc, scale_slope, scale_offset)
        VALUES (@Run, @From, @To, @Who, @Reason, @AtUtc, @Slope, @Offset)
        RETURNING id;
        """;

    /// <summary>Moves the threshold, or calibrates scores, for all rounds whose judging has not begun.</summary>
    /// <param name="run">The run.</param>
    /// <param name="from">What the person was shown as in force.</param>
    /// <param name="to">The new rule: a threshold in (0, 1), and a scale that rises.</param>
    /// <param name="who">Who wants it.</param>
    /// <param name="reason">What speaks for it.</param>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    /// <exception cref="ThresholdMovedException">Somebody else moved it meanwhile; nothing was stored.</exception>
    public ThresholdChange Apply(RunId run, GuardRule from, GuardRule to, string who, string reason)
    {
        AnnotatorRepository.RequireName(who);
        ArgumentNullException.ThrowIfNull(reason);
        if (!(to.Threshold is > 0 and < 1) || to == from || to.Scale?.IsPossible() == false)
        {
            throw new ArgumentOutOfRangeException(nameof(to), to,
                $"A new threshold should lie between 0 and 1, its scale rise, and both not be the old ones, {from}.");
        }

        var applied = _connections.Write((connection, transaction) =>
        {
            if (!SqliteConnections.HasRun(connection, transaction, run))
            {
                throw new RunNotFoundException(run);
            }

            if (Newest(connection, transaction, run) is { } newest && newest.Rule != from)
            {
                throw new ThresholdMovedException(from, newest);
            }

            var now = _clock.GetUtcNow();
            var change = new ThresholdChange(
                Id: 0, from.Threshold, to.Threshold, who, reason, now, to.Scale?.Slope, to.Scale?.Offset);
            var row = new { Run = run, change.From, change.To, Who = who, Reason = reason, change.AtUtc, change.Slope, change.Offset };
            return change with { Id = connection.ExecuteScalar<long>(ApplySql, row, transaction) };
        });
        _changes.Ring(run);
        return applied;
    }

    private const string FreezeSql = """
        INSERT INTO review_round_thresholds (run_id, round, threshold, change, begun_utc, scale_slope, scale_offset)
        VALUES (@Run, @Round, @Threshold, @Change, @BegunUtc, @Slope, @Offset);
        """;

    /// <summary>Settles what a round is judged by, once: later calls give what the first one settled.</summary>
    /// <param name="run">The run.</param>
    /// <param name="round">The round whose judging begins or goes on.</param>
    /// <param name="planned">The plan's, in force while nobody moved it.</param>
    /// <param name="used">What its verdicts were given by, if it has some already.</param>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public RoundThreshold Freeze(RunId run, int round, GuardRule planned, GuardRule? used) => _connections.Write(
        (connection, transaction) =>
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
        var rule = used ?? newest?.Rule ?? planned;
        var own = new RoundThreshold(round, rule.Threshold, newest?.Id, rule.Scale?.Slope, rule.Scale?.Offset);
        var begun = _clock.GetUtcNow();
        connection.Execute(
            FreezeSql, new { Run = run, Round = round, own.Threshold, own.Change, BegunUtc = begun, own.Slope, own.Offset }, transaction);
        return own;
    });

    private const string ChangesSql = """
        SELECT id           AS Id,
               from_value   AS "From",
               to_value     AS "To",
               who          AS Who,
               reason       AS Reason,
               at_utc       AS AtUtc,
               scale_slope  AS Slope,
               scale_offset AS Offset
          FROM review_thresholds
         WHERE run_id = @Run
         ORDER BY id DESC;
        """;

    /// <summary>Every change, the newest first.</summary>
    public IReadOnlyList<ThresholdChange> Changes(RunId run) => _connections.Read(connection =>
        connection.Query<ThresholdChange>(ChangesSql, new { Run = run }).AsList());

    private const string RoundColumns =
        "SELECT round AS Round, threshold AS Threshold, change AS Change, scale_slope AS Slope, scale_offset AS Offset";

    private const string RoundsSql = $"{RoundColumns} FROM review_round_thresholds WHERE run_id = @Run ORDER BY round;";

    /// <summary>What each round is judged by, by round; none for rounds whose judging has not begun.</summary>
    public IReadOnlyList<RoundThreshold> Rounds(RunId run) => _connections.Read(connection =>
        connection.Query<RoundThreshold>(RoundsSql, new { Run = run }).AsList());

    private const string RoundSql = $"{RoundColumns} FROM review_round_thresholds WHERE run_id = @Run AND round = @Round;";

    /// <summary>What one round is judged by; null while its judging has not begun.</summary>
    public RoundThreshold? Round(RunId run, int round) => _connections.Read(connection =>
        connection.QuerySingleOrDefault<RoundThreshold>(RoundSql, new { Run = run, Round = round }));

    private static ThresholdChange? Newest(SqliteConnection connection, SqliteTransaction transaction, RunId run) =>
        connection.QueryFirstOrDefault<ThresholdChange>(ChangesSql, new { Run = run }, transaction);
}
