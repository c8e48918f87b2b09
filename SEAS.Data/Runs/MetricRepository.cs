using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Storage;

namespace SEAS.Data.Runs;

/// <summary>Stores the points of curves. Each public method is one transaction.</summary>
public sealed class MetricRepository
{
    private readonly SqliteConnections _connections;

    internal MetricRepository(SqliteConnections connections) => _connections = connections;

    // A killed optimization starts over when the run resumes, and its steps come again: the newer value stands.
    private const string AppendSql = """
        INSERT OR REPLACE INTO metrics (run_id, name, round, step, value, at_utc)
        VALUES (@Run, @Name, @Round, @Step, @Value, @AtUtc);
        """;

    /// <summary>Stores a batch of points; a point that is there already is replaced.</summary>
    public void Append(RunId run, IEnumerable<MetricPoint> points) =>
        _connections.Write((connection, transaction) => connection.Execute(
            AppendSql,
            points.Select(point => new
            {
                Run = run,
                point.Name,
                point.Round,
                point.Step,
                Value = double.IsNaN(point.Value) ? (double?)null : point.Value,
                point.AtUtc,
            }),
            transaction));

    private const string NamesSql = "SELECT DISTINCT name FROM metrics WHERE run_id = @Run ORDER BY name;";

    /// <summary>The names of the run's curves, sorted.</summary>
    public IReadOnlyList<string> Names(RunId run) =>
        _connections.Read(connection => connection.Query<string>(NamesSql, new { Run = run }).AsList());

    private const string SeriesSql = """
        SELECT name AS Name, round AS Round, step AS Step, value AS Value, at_utc AS AtUtc
          FROM metrics
         WHERE run_id = @Run
           AND name   = @Name
           AND (@Round IS NULL OR round = @Round)
           AND step   > @AfterStep
         ORDER BY round, step;
        """;

    /// <summary>One curve, by round and step.</summary>
    /// <param name="run">The run.</param>
    /// <param name="name">The curve.</param>
    /// <param name="round">Only this round, or all of them.</param>
    /// <param name="afterStep">Only steps after this one.</param>
    public IReadOnlyList<MetricPoint> Series(RunId run, string name, int? round = null, long afterStep = -1) =>
        _connections.Read(connection => connection
            .Query<MetricRow>(SeriesSql, new { Run = run, Name = name, Round = round, AfterStep = afterStep })
            .Select(row => row.ToPoint())
            .ToList());
}

/// <summary>A row of the table of metrics: SQLite has no "not a number", so null stands for it.</summary>
internal sealed record MetricRow(string Name, int Round, long Step, double? Value, DateTimeOffset AtUtc)
{
    public MetricPoint ToPoint() => new(Name, Round, Step, Value ?? double.NaN, AtUtc);
}
