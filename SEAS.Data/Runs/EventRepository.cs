using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Storage;

namespace SEAS.Data.Runs;

/// <summary>Stores what happened, in order. Each public method is one transaction.</summary>
public sealed class EventRepository
{
    private readonly SqliteConnections _connections;

    internal EventRepository(SqliteConnections connections) => _connections = connections;

    private const string AppendSql = """
        INSERT INTO events (run_id, sequence, at_utc, kind, json)
        VALUES (@Run, @Sequence, @AtUtc, @Kind, @Json);
        """;

    /// <summary>Stores a batch, which may mix runs: all of it or, if a number is taken or a run unknown, nothing.</summary>
    public void Append(IEnumerable<RunEvent> events) =>
        _connections.Write((connection, transaction) => connection.Execute(AppendSql, events, transaction));

    private const string AfterSql = """
        SELECT run_id AS Run, sequence AS Sequence, at_utc AS AtUtc, kind AS Kind, json AS Json
          FROM events
         WHERE run_id   = @Run
           AND sequence > @Sequence
         ORDER BY sequence
         LIMIT @Limit;
        """;

    /// <summary>The events after a number, in order, at most <paramref name="limit"/>.</summary>
    public IReadOnlyList<RunEvent> After(RunId run, long sequence, int limit = int.MaxValue) =>
        _connections.Read(connection => connection
            .Query<RunEvent>(AfterSql, new { Run = run, Sequence = sequence, Limit = limit })
            .AsList());

    private const string LastSql = "SELECT coalesce(max(sequence), 0) FROM events WHERE run_id = @Run;";

    /// <summary>The number of the newest stored event; 0 before the first.</summary>
    public long LastSequence(RunId run) =>
        _connections.Read(connection => connection.ExecuteScalar<long>(LastSql, new { Run = run }));
}
