using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;

namespace SEAS.Data.Review.Settings;

/// <summary>The row that says how a run is reviewed, inside somebody's transaction.</summary>
internal static class StoredReviewSettings
{
    private static readonly JsonSerializerOptions s_json =
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private const string GetSql = "SELECT json FROM review_settings WHERE run_id = @Run;";

    /// <summary>A run's settings; the usual ones if none were saved.</summary>
    public static ReviewSettings Get(SqliteConnection connection, SqliteTransaction? transaction, RunId run) =>
        connection.QuerySingleOrDefault<string>(GetSql, new { Run = run }, transaction) is { } json
            ? JsonSerializer.Deserialize<ReviewSettings>(json, s_json)!
            : new ReviewSettings();

    private const string SaveSql = """
        INSERT INTO review_settings (run_id, json) VALUES (@Run, @Json)
        ON CONFLICT (run_id) DO UPDATE SET json = excluded.json;
        """;

    public static void Save(SqliteConnection connection, SqliteTransaction transaction, RunId run, ReviewSettings settings) =>
        connection.Execute(SaveSql, new { Run = run, Json = JsonSerializer.Serialize(settings, s_json) }, transaction);
}
