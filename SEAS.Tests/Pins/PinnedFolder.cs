using System.IO.Compression;
using Microsoft.Data.Sqlite;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Tests.Support;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Pins;

/// <summary>A data folder that an earlier version of the program left, unpacked for a test; see <c>data/README.md</c>.</summary>
public sealed class PinnedFolder : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private Store? _store;

    public PinnedFolder()
    {
        ZipFile.ExtractToDirectory(PinnedText.Place("data/folder.zip"), _root.Path);

        // The models lie elsewhere on every machine, so the plans in the zip name this place where the folder was.
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "seas.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE runs SET plan_json = replace(plan_json, 'FOLDER/', @Root);";
        command.Parameters.AddWithValue("@Root", _root.Path.Replace('\\', '/') + "/");
        Assert.Equal(3, command.ExecuteNonQuery());
    }

    /// <summary>A run of the embedded models, of two rounds, with labels by people and a measured set; what it tuned is left out.</summary>
    internal RunId Finished { get; } = new("smoke-1");

    /// <summary>The same with tiny untrained models and all their weights.</summary>
    internal RunId Tiny { get; } = new("smoke-2");

    /// <summary>A run of tiny models that was stopped between two units of its first attack.</summary>
    internal RunId Stopped { get; } = new("smoke-3");

    /// <summary>The data folder, and the models of the tiny runs.</summary>
    internal string Root => _root.Path;

    /// <summary>The data folder.</summary>
    internal string Folder => Path.Combine(Root, "folder");

    /// <summary>Its store, opened when it is first asked for.</summary>
    internal Store Store => _store ??= Store.Open(Folder, TimeProvider.System);

    /// <summary>Names the stopped run's plan anew: its hash names the place where the folder was, and a plan with another hash is refused as
    /// damaged. To be called before the store is opened.</summary>
    internal void NameAnew()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "seas.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT plan_json FROM runs WHERE id = @Id;";
        command.Parameters.AddWithValue("@Id", Stopped.Value);
        command.Parameters.AddWithValue("@Hash", RunPlanText.Hash(RunPlanText.Read((string)command.ExecuteScalar()!)));
        command.CommandText = "UPDATE runs SET config_hash = @Hash WHERE id = @Id;";
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    /// <summary>Everything that the earlier version exported of the finished run, in one zip.</summary>
    internal static string Export => PinnedText.Place("data/export.zip");

    public void Dispose()
    {
        _store?.Dispose();
        _root.Dispose();
    }
}
