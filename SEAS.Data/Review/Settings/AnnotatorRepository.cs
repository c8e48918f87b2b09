using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Storage;

namespace SEAS.Data.Review.Settings;

/// <summary>Stores who labels, and what they were exposed to. Each public method is one transaction.</summary>
public sealed class AnnotatorRepository
{
    private const int LongestName = 80;

    private readonly SqliteConnections _connections;
    private readonly TimeProvider _clock;

    internal AnnotatorRepository(SqliteConnections connections, TimeProvider clock)
    {
        _connections = connections;
        _clock = clock;
    }

    private const string SelectSql = """
        SELECT name                AS Name,
               created_utc         AS CreatedUtc,
               shown               AS Shown,
               harmful             AS Harmful,
               harmful_since_pause AS HarmfulSincePause,
               keys_json           AS KeysJson
          FROM annotators
        """;

    /// <summary>Everybody, by name.</summary>
    public IReadOnlyList<Annotator> List() =>
        _connections.Read(connection => connection.Query<Annotator>($"{SelectSql} ORDER BY name;").AsList());

    /// <summary>The person of this name, or null.</summary>
    public Annotator? Find(string name) => _connections.Read(connection =>
        connection.QuerySingleOrDefault<Annotator>($"{SelectSql} WHERE name = @Name;", new { Name = name }));

    /// <summary>The person of this name, made known if they are new.</summary>
    /// <exception cref="ArgumentException">That cannot be a name.</exception>
    public Annotator Ensure(string name) => Change(name, "");

    private const string ExposeSql = """
        UPDATE annotators
           SET shown               = shown + 1,
               harmful             = harmful + @Harmful,
               harmful_since_pause = harmful_since_pause + @Harmful
         WHERE name = @Name;
        """;

    /// <summary>A text was uncovered before them.</summary>
    /// <param name="name">Who.</param>
    /// <param name="harmful">Whether it was harmful.</param>
    /// <returns>The person, with the new counts.</returns>
    public Annotator Expose(string name, bool harmful) => Change(name, ExposeSql, harmful: harmful);

    private const string PauseSql = "UPDATE annotators SET harmful_since_pause = 0 WHERE name = @Name;";

    /// <summary>They took a pause, or were offered one.</summary>
    public Annotator Pause(string name) => Change(name, PauseSql);

    private const string KeysSql = "UPDATE annotators SET keys_json = @Json WHERE name = @Name;";

    /// <summary>Saves their own keys, a JSON object.</summary>
    /// <exception cref="StoreException">It is not JSON.</exception>
    public Annotator SaveKeys(string name, string keysJson) => Change(name, KeysSql, keysJson);

    private Annotator Change(string name, string sql, string? json = null, bool harmful = false)
    {
        RequireName(name);
        return _connections.Write((connection, transaction) =>
        {
            Ensure(connection, transaction, name, _clock.GetUtcNow());
            if (sql.Length > 0)
            {
                connection.Execute(sql, new { Name = name, Json = json, Harmful = harmful }, transaction);
            }

            return connection.QuerySingle<Annotator>($"{SelectSql} WHERE name = @Name;", new { Name = name }, transaction);
        });
    }

    private const string EnsureSql = "INSERT INTO annotators (name, created_utc) VALUES (@Name, @Now) ON CONFLICT (name) DO NOTHING;";

    internal static void Ensure(SqliteConnection connection, SqliteTransaction transaction, string name, DateTimeOffset now) =>
        connection.Execute(EnsureSql, new { Name = name, Now = now }, transaction);

    /// <exception cref="ArgumentException">That cannot be a name.</exception>
    internal static void RequireName(string name)
    {
        if (!IsName(name))
        {
            throw new ArgumentException(
                $"An annotator's name should be 1 to {LongestName} characters without line breaks, and no space at its ends, " +
                $"but is '{name}'. Choose another one.",
                nameof(name));
        }
    }

    /// <summary>Whether a person may be called that.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && name.Trim().Length == name.Length && !name.Any(char.IsControl);
}
