using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Storage;

namespace SEAS.Data.Review.Queue;

/// <summary>Stores how each run is reviewed. Each public method is one transaction.</summary>
public sealed class ReviewSettingsRepository
{
    private static readonly JsonSerializerOptions s_json =
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly SqliteConnections _connections;
    private readonly ReviewChanges _changes;

    internal ReviewSettingsRepository(SqliteConnections connections, ReviewChanges changes)
    {
        _connections = connections;
        _changes = changes;
    }

    private const string GetSql = "SELECT json FROM review_settings WHERE run_id = @Run;";

    /// <summary>A run's settings; the usual ones if none were saved.</summary>
    public ReviewSettings Get(RunId run) => _connections.Read(connection => Get(connection, null, run));

    internal static ReviewSettings Get(SqliteConnection connection, SqliteTransaction? transaction, RunId run) =>
        connection.QuerySingleOrDefault<string>(GetSql, new { Run = run }, transaction) is { } json
            ? JsonSerializer.Deserialize<ReviewSettings>(json, s_json)!
            : new ReviewSettings();

    private const string SaveSql = """
        INSERT INTO review_settings (run_id, json) VALUES (@Run, @Json)
        ON CONFLICT (run_id) DO UPDATE SET json = excluded.json;
        """;

    /// <summary>Saves a run's settings; how many labels each item needs, and so its state, follows at once.</summary>
    /// <exception cref="ArgumentException">The numbers cannot be; the message lists all that is wrong.</exception>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public void Save(RunId run, ReviewSettings settings)
    {
        if (settings.Problems() is { Count: > 0 } problems)
        {
            throw new ArgumentException($"The settings of review cannot be used: {string.Join("; ", problems)}.", nameof(settings));
        }

        _connections.Write((connection, transaction) =>
        {
            if (!SqliteConnections.HasRun(connection, transaction, run))
            {
                throw new RunNotFoundException(run);
            }

            connection.Execute(SaveSql, new { Run = run, Json = JsonSerializer.Serialize(settings, s_json) }, transaction);
            WantedLabels.Apply(connection, transaction, run, settings);
        });
        _changes.Ring(run);
    }
}
