using Microsoft.Data.Sqlite;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Context;
using SEAS.Web.Live;

namespace SEAS.Tests.Storage;

/// <summary>A data folder of its own for one test, with a real database file and a clock that the test sets; gone afterwards.</summary>
internal sealed class StoreFolder : IDisposable
{
    private Store? _store;

    public StoreFolder()
    {
        Folder = Directory.CreateTempSubdirectory("seas-store-").FullName;
    }

    public string Folder { get; }

    public string Database => Path.Combine(Folder, "seas.db");

    public SetClock Clock { get; } = new();

    /// <summary>The store, opened when it is first asked for.</summary>
    public Store Store => _store ??= Store.Open(Folder, Clock);

    /// <summary>What a restart of the program does.</summary>
    public Store Reopen()
    {
        Close();
        return Store;
    }

    public void Close()
    {
        _store?.Dispose();
        _store = null;
    }

    /// <summary>Works on the file behind the store's back, as another program would, and takes it as it then is.</summary>
    public void Alter(string sql)
    {
        File.Delete(Database + ".sha256");
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public Run NewRun(string preset = "embedded", long seed = 1) => Store.Runs.Create(preset, seed, "{}", "hash");

    public void Dispose()
    {
        Close();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class SetClock : TimeProvider
{
    private long _ticks = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).Ticks;

    public DateTimeOffset Now
    {
        get => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);   // threads that move it must not see half an instant
        set => Interlocked.Exchange(ref _ticks, value.UtcTicks);
    }

    public override DateTimeOffset GetUtcNow() => Now;
}
