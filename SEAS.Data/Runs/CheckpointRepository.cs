using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Storage;

namespace SEAS.Data.Runs;

/// <summary>Stores which weights exist and what they came from. Each public method is one transaction.</summary>
public sealed class CheckpointRepository
{
    private readonly SqliteConnections _connections;
    private readonly TimeProvider _clock;

    internal CheckpointRepository(SqliteConnections connections, TimeProvider clock)
    {
        _connections = connections;
        _clock = clock;
    }

    private const string SaveSql = """
        INSERT INTO checkpoints (run_id, role, iteration, folder, parent, sha256, created_utc)
        VALUES (@Run, @Role, @Iteration, @Folder, @Parent, @Sha256, @CreatedUtc);
        """;

    /// <summary>Stores a checkpoint, the steps that led to it and its unit's entry in the ledger. The folder must be complete
    /// before.</summary>
    /// <exception cref="UnitAlreadyDoneException">The unit is recorded already.</exception>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public void Save(RunId run, Checkpoint checkpoint, UnitKey key, string resultJson, IReadOnlyList<TuningStep>? steps = null) =>
        _connections.Write((connection, transaction) =>
        {
            UnitRepository.Record(connection, transaction, run, key, resultJson, _clock.GetUtcNow());
            var row = new
            {
                Run = run,
                Role = checkpoint.Role.ToString(),
                checkpoint.Iteration,
                checkpoint.Folder,
                checkpoint.Parent,
                checkpoint.Sha256,
                checkpoint.CreatedUtc,
            };
            connection.Execute(SaveSql, row, transaction);
            TuningStepRepository.Save(connection, transaction, run, steps ?? []);
        });

    private const string SelectSql = """
        SELECT role        AS Role,
               iteration   AS Iteration,
               folder      AS Folder,
               parent      AS Parent,
               sha256      AS Sha256,
               created_utc AS CreatedUtc
          FROM checkpoints
        """;

    /// <summary>All checkpoints of a run, by iteration and role.</summary>
    public IReadOnlyList<Checkpoint> List(RunId run) =>
        _connections.Read(connection => connection
            .Query<Checkpoint>($"{SelectSql} WHERE run_id = @Run ORDER BY iteration, role;", new { Run = run })
            .AsList());

    /// <summary>One model's iterate, or null.</summary>
    public Checkpoint? Find(RunId run, ModelRole role, int iteration) =>
        _connections.Read(connection => connection.QuerySingleOrDefault<Checkpoint>(
            $"{SelectSql} WHERE run_id = @Run AND role = @Role AND iteration = @Iteration;",
            new { Run = run, Role = role.ToString(), Iteration = iteration }));
}
