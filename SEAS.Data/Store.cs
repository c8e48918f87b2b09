using SEAS.Data.Attacks;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Data.Lineage;
using SEAS.Data.Review;
using SEAS.Data.Review.Files;
using SEAS.Data.Runs;
using SEAS.Data.Storage;
using SEAS.Data.Storage.Schema;

namespace SEAS.Data;

/// <summary>What is remembered: one data folder, its database <c>seas.db</c>, and a repository for each kind of thing in it.</summary>
/// <remarks>
/// Open it once per process and share it: it may be used from any thread, writes queue, reads run side by side. The folder belongs to
/// this process until the store is disposed or the process ends.
/// </remarks>
public sealed class Store : IDisposable
{
    /// <summary>What the dashboard calls itself when it opens a store.</summary>
    public const string Dashboard = FolderLock.Dashboard;

    private readonly FolderLock? _folderLock;   // null: another process has the folder, this one reads
    private readonly SqliteConnections _connections;
    private readonly SqliteConnections _log;
    private ReadOnlyFolder? _place;

    private Store(
        string folder, FolderLock? folderLock, SqliteConnections connections, SqliteConnections log, TimeProvider clock, string? exports = null)
    {
        Folder = folder;
        Clock = clock;
        _folderLock = folderLock;
        _connections = connections;
        _log = log;
        var isOurs = folderLock is not null;
        Runs = new RunRepository(connections, clock, folder);
        Units = new UnitRepository(connections, clock);
        Attacks = new AttackRepository(connections, clock);
        Pairs = new PairRepository(connections, clock);
        Checkpoints = new CheckpointRepository(connections, clock);
        Metrics = new MetricRepository(connections);
        Events = new EventRepository(connections);
        Evaluations = new EvaluationRepository(connections, clock);
        SetAnswers = new SetAnswerRepository(connections, clock);
        Review = new ReviewStore(connections, clock);
        Labels = new LabelStore(connections, Review);
        Sets = new SetStore(connections, folder, isOurs, clock);
        Datasets = new DatasetStore(folder, connections, isOurs, exports ?? folder, clock);
        DatasetAccess = new DatasetAccess(log, clock);
        Steps = new TuningStepRepository(connections);
        Lineage = new LineageRepository(connections);
        GivenFiles = new GivenFileRepository(connections);
    }

    /// <summary>The data folder, as a full path.</summary>
    public string Folder { get; }

    /// <summary>Dates what is stored.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Runs and their states.</summary>
    public RunRepository Runs { get; }

    /// <summary>The ledger of finished work.</summary>
    public UnitRepository Units { get; }

    /// <summary>Prompts, answers and verdicts.</summary>
    public AttackRepository Attacks { get; }

    /// <summary>Preference pairs.</summary>
    public PairRepository Pairs { get; }

    /// <summary>Which weights exist.</summary>
    public CheckpointRepository Checkpoints { get; }

    /// <summary>The points of curves.</summary>
    public MetricRepository Metrics { get; }

    /// <summary>What happened, in order.</summary>
    public EventRepository Events { get; }

    /// <summary>What was measured after each round.</summary>
    public EvaluationRepository Evaluations { get; }

    /// <summary>What targets answered to imported evaluation sets.</summary>
    public SetAnswerRepository SetAnswers { get; }

    /// <summary>Labels by people.</summary>
    public ReviewStore Review { get; }

    /// <summary>Labels in and out of files, and from run to run.</summary>
    public LabelStore Labels { get; }

    /// <summary>Datasets that were taken in from files.</summary>
    public SetStore Sets { get; }

    /// <summary>The frozen datasets of every round, and exports of them.</summary>
    public DatasetStore Datasets { get; }

    /// <summary>Who accepted the notice about harmful content, and who exported what.</summary>
    public DatasetAccess DatasetAccess { get; }

    /// <summary>What each optimizer step learnt.</summary>
    public TuningStepRepository Steps { get; }

    /// <summary>Single rows, and what was made of them.</summary>
    public LineageRepository Lineage { get; }

    /// <summary>The files that runs were given: models, and prompts that lie in a file.</summary>
    public GivenFileRepository GivenFiles { get; }

    /// <summary>Opens the store of a data folder; makes the folder and the database where they are missing.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="clock">Gives the instants that are stored.</param>
    /// <param name="what">What the process is, for the message that a second one gets: <see cref="Dashboard"/>, a command.</param>
    /// <exception cref="StoreException">The folder cannot be written, is in use, or holds something else than a database of this
    /// version or an older one, or the database is damaged or not this folder's.</exception>
    public static Store Open(string folder, TimeProvider clock, string what = "")
    {
        folder = Path.GetFullPath(folder);
        FolderLock? folderLock = null;
        SqliteConnections? connections = null;
        try
        {
            Directory.CreateDirectory(folder);
            folderLock = FolderLock.Take(folder, what);
            FolderIdentity.RequireDatabase(folder);
            connections = new SqliteConnections(Path.Combine(folder, SqliteConnections.FileName));
            SchemaVersions.Check(connections);
            connections.RequireSound();
            FolderIdentity.Check(connections, folder);
            connections.UseWriteAheadLog();
            SchemaVersions.Apply(connections, clock);
            FolderIdentity.Settle(connections, folder, clock);
            return new Store(folder, folderLock, connections, connections, clock);
        }
        catch (Exception error)
        {
            connections?.Dispose();
            folderLock?.Dispose();
            if (error is IOException or UnauthorizedAccessException)
            {
                throw new StoreException(
                    $"The data folder {folder} should be a writable folder but is not ({error.Message}). " +
                    "Give this user the right to write it, make room, or name another data folder.", error);
            }

            throw;
        }
    }

    /// <summary>Opens a store to read: the same as <see cref="Open"/> where the folder is free, and beside the process that has it
    /// where it is not: nothing can be written then but who exported what. Of a folder that this user cannot write, nothing is changed.</summary>
    /// <inheritdoc cref="Open"/>
    public static Store OpenToRead(string folder, TimeProvider clock, string what = "")
    {
        try
        {
            return Open(folder, clock, what);
        }
        catch (FolderHeldException held)
        {
            return Beside(Path.GetFullPath(folder), clock, held);
        }
        catch (StoreException refused) when (ReadOnlyFolder.IsOne(folder, refused))
        {
            return OnlyToRead(Path.GetFullPath(folder), clock, refused);
        }
    }

    private static Store Beside(string folder, TimeProvider clock, FolderHeldException held)
    {
        var path = Path.Combine(folder, SqliteConnections.FileName);
        var connections = new SqliteConnections(path, held);
        SqliteConnections? log = null;
        try
        {
            SchemaVersions.RequireNewest(
                connections, "beside the process that has it",
                "If that process has only just begun, try again; else let both be of the same version of SEAS.");
            log = new SqliteConnections(path);   // waits its turn, a commit at a time
            return new Store(folder, folderLock: null, connections, log, clock);
        }
        catch
        {
            connections.Dispose();
            log?.Dispose();
            throw;
        }
    }

    private static Store OnlyToRead(string folder, TimeProvider clock, StoreException refused)
    {
        var place = new ReadOnlyFolder(folder);
        SqliteConnections? connections = null;
        try
        {
            connections = place.Open(refused);
            SchemaVersions.Check(connections);
            connections.RequireSound();
            FolderIdentity.Check(connections, folder);
            SchemaVersions.RequireNewest(
                connections, "in a folder that cannot be written", "Let this version of SEAS open the folder once where it can be written, or copy it.");
            return new Store(folder, folderLock: null, connections, connections, clock, place.Work) { _place = place };
        }
        catch
        {
            connections?.Dispose();
            place.Dispose();
            throw;
        }
    }

    /// <summary>Closes the database and gives the folder free. Everything written is already stored.</summary>
    public void Dispose()
    {
        Datasets.Dispose();
        _connections.Dispose();
        _log.Dispose();
        _place?.Dispose();
        if (_folderLock is not null)
        {
            _connections.KeepSum();
            _folderLock.Dispose();
        }
    }
}
