using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Storage;

namespace SEAS.Data.Runs;

/// <summary>The ledger of finished work. Each public method is one transaction.</summary>
public sealed class UnitRepository
{
    private readonly SqliteConnections _connections;
    private readonly TimeProvider _clock;

    internal UnitRepository(SqliteConnections connections, TimeProvider clock)
    {
        _connections = connections;
        _clock = clock;
    }

    /// <summary>Whether the unit is done.</summary>
    public bool IsDone(RunId run, UnitKey key) => Find(run, key) is not null;

    private const string SelectSql = """
        SELECT round        AS Round,
               stage        AS Stage,
               idx          AS "Index",
               result_json  AS ResultJson,
               finished_utc AS FinishedUtc
          FROM units
        """;

    /// <summary>The unit's entry, or null if it is still to be done.</summary>
    public FinishedUnit? Find(RunId run, UnitKey key) =>
        _connections.Read(connection => connection.QuerySingleOrDefault<UnitRow>(
            $"{SelectSql} WHERE run_id = @Run AND round = @Round AND stage = @Stage AND idx = @Index;",
            Parameters(run, key)))?.ToUnit();

    /// <summary>The entries of one stage of one round, by index.</summary>
    public IReadOnlyList<FinishedUnit> List(RunId run, int round, RunStage stage) =>
        _connections.Read(connection => connection.Query<UnitRow>(
            $"{SelectSql} WHERE run_id = @Run AND round = @Round AND stage = @Stage ORDER BY idx;",
            new { Run = run, Round = round, Stage = stage.ToString() }).Select(row => row.ToUnit()).ToList());

    private const string DoneSql = """
        SELECT round AS Round, stage AS Stage, idx AS "Index"
          FROM units
         WHERE run_id = @Run;
        """;

    /// <summary>The keys of everything that is done.</summary>
    public IReadOnlySet<UnitKey> Done(RunId run) =>
        _connections.Read(connection => connection
            .Query<(int Round, RunStage Stage, int Index)>(DoneSql, new { Run = run })
            .Select(key => new UnitKey(key.Round, key.Stage, key.Index))
            .ToHashSet());

    /// <summary>Records a unit that has no rows of its own.</summary>
    /// <exception cref="UnitAlreadyDoneException">It is recorded already.</exception>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public void Record(RunId run, UnitKey key, string resultJson) =>
        _connections.Write((connection, transaction) =>
            Record(connection, transaction, run, key, resultJson, _clock.GetUtcNow()));

    private const string RunSql = "SELECT count(*) FROM runs WHERE id = @Run;";

    private const string RecordSql = """
        INSERT INTO units (run_id, round, stage, idx, result_json, finished_utc)
        VALUES (@Run, @Round, @Stage, @Index, @ResultJson, @FinishedUtc)
        ON CONFLICT (run_id, round, stage, idx) DO NOTHING;
        """;

    /// <summary>Records a unit in the transaction that stores its rows; comes first in it, so that a repeat is refused by name.</summary>
    internal static void Record(
        SqliteConnection connection, SqliteTransaction transaction, RunId run, UnitKey key, string resultJson, DateTimeOffset now)
    {
        if (connection.ExecuteScalar<long>(RunSql, new { Run = run }, transaction) == 0)
        {
            throw new RunNotFoundException(run);
        }

        var parameters = Parameters(run, key);
        parameters.Add("ResultJson", resultJson);
        parameters.Add("FinishedUtc", now);
        if (connection.Execute(RecordSql, parameters, transaction) == 0)
        {
            throw new UnitAlreadyDoneException(run, key);
        }
    }

    private static DynamicParameters Parameters(RunId run, UnitKey key) =>
        new(new { Run = run, key.Round, Stage = key.Stage.ToString(), key.Index });
}
