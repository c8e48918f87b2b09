using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;

namespace SEAS.Data.Storage.Schema;

/// <summary>Brings a database to the newest schema: applies what <c>Schema/NNNN_name.sql</c> holds, in order, and records it.</summary>
internal static class SchemaVersions
{
    private const string Prefix = "SEAS.Data.Schema.";

    /// <summary>The version that this program writes and reads.</summary>
    public static int Newest => Scripts().Max(script => script.Version);

    private const string CreateSql = """
        CREATE TABLE IF NOT EXISTS schema_versions
        (
            version     INTEGER NOT NULL PRIMARY KEY,
            name        TEXT NOT NULL,
            applied_utc TEXT NOT NULL
        ) STRICT;
        """;

    private const string RecordSql = """
        INSERT INTO schema_versions (version, name, applied_utc)
        VALUES (@Version, @Name, @AppliedUtc);
        """;

    /// <summary>All missing scripts are applied in one transaction, so a database is never between two versions.</summary>
    /// <param name="connections">The database; <see cref="Check"/> has found it good.</param>
    /// <param name="clock">Gives the instant that is recorded.</param>
    public static void Apply(SqliteConnections connections, TimeProvider clock)
    {
        if (connections.Read(Present) == Newest)
        {
            return;   // whoever only reads leaves every byte of the file as it is
        }

        connections.Write((connection, transaction) =>
        {
            connection.Execute(CreateSql, transaction: transaction);
            var present = Present(connection, transaction);
            foreach (var script in Scripts().Where(script => script.Version > present))
            {
                connection.Execute(script.Sql, transaction: transaction);
                connection.Execute(RecordSql, new { script.Version, script.Name, AppliedUtc = clock.GetUtcNow() }, transaction);
            }
        });
    }

    private const string TablesSql = """
        SELECT name
          FROM sqlite_schema
         WHERE type = 'table'
           AND name NOT LIKE 'sqlite_%'
         ORDER BY name;
        """;

    /// <summary>Looks, without changing anything, whether the database is empty or ours and not younger than this program.</summary>
    /// <exception cref="StoreException">It is of a newer version, belongs to another program, or is damaged.</exception>
    public static void Check(SqliteConnections connections)
    {
        var (tables, present) = connections.Read(connection => (connection.Query<string>(TablesSql).AsList(), Present(connection)));
        if (tables.Count == 0)
        {
            return;
        }

        if (!tables.Contains("schema_versions", StringComparer.Ordinal))
        {
            throw new StoreException(
                $"The database {connections.Path} should be a SEAS database but belongs to another program: it has the tables " +
                $"{string.Join(", ", tables.Take(5))}. Name another data folder. Nothing was changed.");
        }

        if (present > Newest)
        {
            throw new StoreException(
                $"The database {connections.Path} should have schema version {Newest} or older but has version {present}: " +
                "a newer SEAS wrote it. Use that newer SEAS, or name another data folder. Nothing was changed.");
        }
    }

    /// <summary>Looks whether a database that cannot be written here is of just this program's version.</summary>
    /// <param name="connections">The database.</param>
    /// <param name="how">How it is read: where the sentence says so.</param>
    /// <param name="advice">What to do if it is of another version.</param>
    /// <exception cref="StoreException">It is not, or not yet.</exception>
    public static void RequireNewest(SqliteConnections connections, string how, string advice)
    {
        var present = connections.Read(Present);
        if (present != Newest)
        {
            throw new StoreException(
                $"The database {connections.Path} should have schema version {Newest} to be read {how}, but has {present}. {advice}");
        }
    }

    private static int Present(SqliteConnection connection) =>
        connection.Query<string>(TablesSql).Contains("schema_versions", StringComparer.Ordinal) ? Present(connection, null) : 0;

    private static int Present(SqliteConnection connection, SqliteTransaction? transaction) =>
        connection.ExecuteScalar<int>("SELECT coalesce(max(version), 0) FROM schema_versions;", transaction: transaction);

    private static List<(int Version, string Name, string Sql)> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => (
                Version: int.Parse(name.AsSpan(Prefix.Length, 4), CultureInfo.InvariantCulture),
                Name: name[Prefix.Length..],
                Sql: Text(assembly, name)))
            .OrderBy(script => script.Version)
            .ToList();
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
