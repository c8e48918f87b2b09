using System.Text.Json;
using Dapper;
using SEAS.Data.Storage;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>Mappings of other sets' types to ours, saved under a name so that the next file needs no second thought.</summary>
public sealed class TypeProfiles
{
    private readonly SqliteConnections _connections;
    private readonly TimeProvider _clock;

    internal TypeProfiles(SqliteConnections connections, TimeProvider clock)
    {
        _connections = connections;
        _clock = clock;
    }

    /// <summary>The names of all profiles, in alphabetical order.</summary>
    public IReadOnlyList<string> List() =>
        _connections.Read(connection => connection.Query<string>("SELECT name FROM type_profiles ORDER BY name;").AsList());

    /// <summary>A profile: the file's type → ours; null if there is none of this name.</summary>
    public IReadOnlyDictionary<string, string>? Find(string name) => _connections.Read(connection => connection
        .QuerySingleOrDefault<string>("SELECT json FROM type_profiles WHERE name = @Name;", new { Name = name })) is { } json
            ? JsonSerializer.Deserialize<Dictionary<string, string>>(json)
            : null;

    private const string SaveSql = """
        INSERT INTO type_profiles (name, json, saved_utc)
        VALUES (@Name, @Json, @SavedUtc)
        ON CONFLICT (name) DO UPDATE SET json = @Json, saved_utc = @SavedUtc;
        """;

    /// <summary>Saves a profile in place of what had this name.</summary>
    public void Save(string name, IReadOnlyDictionary<string, string> types) => _connections.Write((connection, transaction) =>
        connection.Execute(
            SaveSql, new { Name = name, Json = JsonSerializer.Serialize(types), SavedUtc = _clock.GetUtcNow() }, transaction));

    /// <summary>Takes a profile out, if it is there.</summary>
    public void Remove(string name) => _connections.Write((connection, transaction) =>
        connection.Execute("DELETE FROM type_profiles WHERE name = @Name;", new { Name = name }, transaction));
}
