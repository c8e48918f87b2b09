using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Runs;
using SEAS.Data.Storage;

namespace SEAS.Data.Attacks;

/// <summary>Stores the preference pairs that the models are tuned on. Each public method is one transaction.</summary>
public sealed class PairRepository
{
    private readonly SqliteConnections _connections;
    private readonly TimeProvider _clock;

    internal PairRepository(SqliteConnections connections, TimeProvider clock)
    {
        _connections = connections;
        _clock = clock;
    }

    private const string SaveSql = """
        INSERT INTO pairs (run_id, round, role, idx, prompt, chosen, rejected, source)
        VALUES (@Run, @Round, @Role, @Index, @Prompt, @Chosen, @Rejected, @Source);
        """;

    /// <summary>Stores pairs and their unit's entry in the ledger.</summary>
    /// <exception cref="UnitAlreadyDoneException">The unit is recorded already.</exception>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public void SavePairs(RunId run, UnitKey key, IEnumerable<PreferencePair> pairs, string resultJson) =>
        _connections.Write((connection, transaction) =>
        {
            UnitRepository.Record(connection, transaction, run, key, resultJson, _clock.GetUtcNow());
            connection.Execute(
                SaveSql,
                pairs.Select(pair => new
                {
                    Run = run,
                    pair.Round,
                    Role = pair.Role.ToString(),
                    pair.Index,
                    pair.Prompt,
                    pair.Chosen,
                    pair.Rejected,
                    pair.Source,
                }),
                transaction);
        });

    private const string LoadSql = $"""
        SELECT {AttackColumns.Pair}
          FROM pairs
         {OneModel.Where}
         ORDER BY idx;
        """;

    /// <summary>One model's pairs of one round, by index.</summary>
    public IReadOnlyList<PreferencePair> Load(RunId run, int round, ModelRole role) =>
        _connections.Read(connection => connection
            .Query<PreferencePair>(LoadSql, OneModel.Rows(run, round, role))
            .AsList());

    private const string CountsSql = """
        SELECT round AS Round, role AS Role, count(*) AS Count
          FROM pairs
         WHERE run_id = @Run
         GROUP BY round, role
         ORDER BY round, role;
        """;

    /// <summary>How many pairs each round has for each model.</summary>
    public IReadOnlyList<PairCount> Counts(RunId run) =>
        _connections.Read(connection => connection.Query<PairCount>(CountsSql, new { Run = run }).AsList());
}
