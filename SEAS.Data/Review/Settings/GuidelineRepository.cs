using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Storage;

namespace SEAS.Data.Review.Settings;

/// <summary>Stores what a run's annotators are told, every version of it. Each public method is one transaction.</summary>
public sealed class GuidelineRepository
{
    private readonly SqliteConnections _connections;
    private readonly TimeProvider _clock;
    private readonly ReviewChanges _changes;

    internal GuidelineRepository(SqliteConnections connections, TimeProvider clock, ReviewChanges changes)
    {
        _connections = connections;
        _clock = clock;
        _changes = changes;
    }

    private const string SaveSql = """
        INSERT INTO review_guidelines (run_id, version, text, author, at_utc)
        VALUES (@Run, @Version, @Text, @Author, @AtUtc);
        """;

    /// <summary>Saves a new version; the text of the newest one makes none.</summary>
    /// <param name="run">The run.</param>
    /// <param name="text">Markdown, stored as it is.</param>
    /// <param name="who">Who wrote it.</param>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public Guideline Save(RunId run, string text, string who)
    {
        AnnotatorRepository.RequireName(who);
        var saved = _connections.Write((connection, transaction) =>
        {
            if (!SqliteConnections.HasRun(connection, transaction, run))
            {
                throw new RunNotFoundException(run);
            }

            var newest = Newest(connection, transaction, run);
            if (newest?.Text == text)
            {
                return newest;
            }

            var next = new Guideline((newest?.Version ?? 0) + 1, text, who, _clock.GetUtcNow());
            connection.Execute(SaveSql, new { Run = run, next.Version, next.Text, next.Author, next.AtUtc }, transaction);
            return next;
        });
        _changes.Ring(run);
        return saved;
    }

    private const string SelectSql =
        "SELECT version AS Version, text AS Text, author AS Author, at_utc AS AtUtc FROM review_guidelines WHERE run_id = @Run";

    /// <summary>The newest version, or null.</summary>
    public Guideline? Newest(RunId run) => _connections.Read(connection => Newest(connection, null, run));

    /// <summary>One version, or null.</summary>
    public Guideline? Version(RunId run, int version) => _connections.Read(connection =>
        connection.QuerySingleOrDefault<Guideline>($"{SelectSql} AND version = @Version;", new { Run = run, Version = version }));

    /// <summary>All versions, the newest first.</summary>
    public IReadOnlyList<Guideline> List(RunId run) => _connections.Read(connection =>
        connection.Query<Guideline>($"{SelectSql} ORDER BY version DESC;", new { Run = run }).AsList());

    private static Guideline? Newest(SqliteConnection connection, SqliteTransaction? transaction, RunId run) =>
        connection.QueryFirstOrDefault<Guideline>($"{SelectSql} ORDER BY version DESC LIMIT 1;", new { Run = run }, transaction);
}
