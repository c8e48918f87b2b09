using Dapper;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Storage;
using SEAS.Data.Storage.Schema;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live;

namespace SEAS.Tests.Storage;

public sealed class SchemaTests : IDisposable
{
    private readonly StoreFolder _at = new();

    public void Dispose() => _at.Dispose();

    [Fact]
    public void A_new_folder_gets_every_version_and_records_when()
    {
        _ = _at.Store;
        _at.Close();

        using var connections = new SqliteConnections(_at.Database);
        var versions = connections.Read(reader => reader
            .Query<(int Version, string Name, string At)>("SELECT version, name, applied_utc FROM schema_versions ORDER BY 1;")
            .AsList());

        Assert.Equal(Enumerable.Range(1, SchemaVersions.Newest), versions.Select(version => version.Version));
        Assert.Equal((1, "0001_initial.sql", "2026-03-04T05:06:07.0000000Z"), versions[0]);
    }

    [Fact]
    public void Opening_again_applies_nothing_again_and_keeps_what_is_there()
    {
        var run = _at.NewRun();

        Assert.Equal(run, _at.Reopen().Runs.Get(run.Id));
        Assert.Equal(run, _at.Reopen().Runs.Get(run.Id));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_made()
    {
        var deep = Path.Combine(_at.Folder, "not", "yet", "there");

        using (var store = SEAS.Data.Store.Open(deep, _at.Clock))
        {
            Assert.Equal(deep, store.Folder);
        }

        Assert.True(File.Exists(Path.Combine(deep, "seas.db")));
    }

    [Fact]
    public void The_database_checks_what_it_refers_to_and_writes_ahead()
    {
        _at.NewRun();
        _at.Close();
        using var connections = new SqliteConnections(_at.Database);

        connections.Write((writer, transaction) =>
        {
            Assert.Equal(1, writer.ExecuteScalar<int>("PRAGMA foreign_keys;", transaction: transaction));
            Assert.Equal(1, writer.ExecuteScalar<int>("PRAGMA synchronous;", transaction: transaction));
            Assert.Equal("wal", writer.ExecuteScalar<string>("PRAGMA journal_mode;", transaction: transaction));
        });
        Assert.Empty(connections.Read(reader => reader.Query<string>("PRAGMA foreign_key_check;")));
    }

    [Fact]
    public void Readers_cannot_write()
    {
        _at.NewRun();
        _at.Close();
        using var connections = new SqliteConnections(_at.Database);

        var refused = Assert.Throws<SEAS.Data.Contracts.StoreException>(() => connections.Read(reader => reader.Execute("DELETE FROM runs;")));
        Assert.Contains("should be writable but is not", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(RunStatus), "runs", "status")]
    [InlineData(typeof(RunStage), "units", "stage")]
    public void Every_name_of_an_enum_fits_its_column(Type type, string table, string column)
    {
        var run = _at.NewRun().Id;
        _at.Store.Units.Record(run, new UnitKey(0, RunStage.Attack, 0), "{}");
        _at.Close();

        foreach (var name in Enum.GetNames(type))
        {
            _at.Alter($"UPDATE {table} SET {column} = '{name}';");
        }
    }
}
