using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Runs;
using SEAS.Data.Storage;

namespace SEAS.Data.Attacks;

/// <summary>Stores what was measured after each round, as JSON documents. Each public method is one transaction.</summary>
public sealed class EvaluationRepository
{
    private readonly SqliteConnections _connections;
    private readonly TimeProvider _clock;

    internal EvaluationRepository(SqliteConnections connections, TimeProvider clock)
    {
        _connections = connections;
        _clock = clock;
    }

    private const string SaveSql = """
        INSERT INTO evaluations (run_id, iteration, json, created_utc)
        VALUES (@Run, @Iteration, @Json, @CreatedUtc);
        """;

    /// <summary>Stores the document of an iterate and its unit's entry in the ledger.</summary>
    /// <exception cref="UnitAlreadyDoneException">The unit is recorded already.</exception>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public void Save(RunId run, int iteration, UnitKey key, string json) =>
        _connections.Write((connection, transaction) =>
        {
            var now = _clock.GetUtcNow();
            UnitRepository.Record(connection, transaction, run, key, "{}", now);
            connection.Execute(SaveSql, new { Run = run, Iteration = iteration, Json = json, CreatedUtc = now }, transaction);
        });

    private const string ListSql = """
        SELECT iteration AS Iteration, json AS Json, created_utc AS CreatedUtc
          FROM evaluations
         WHERE run_id = @Run
         ORDER BY iteration;
        """;

    /// <summary>All documents of a run, by iterate.</summary>
    public IReadOnlyList<StoredEvaluation> List(RunId run) =>
        _connections.Read(connection => connection.Query<StoredEvaluation>(ListSql, new { Run = run }).AsList());
}
