using Dapper;
using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Storage;

namespace SEAS.Data.Runs;

/// <summary>Stores runs and their state. Each public method is one transaction.</summary>
public sealed class RunRepository
{
    private readonly SqliteConnections _connections;
    private readonly TimeProvider _clock;
    private readonly string _folder;

    internal RunRepository(SqliteConnections connections, TimeProvider clock, string folder)
    {
        _connections = connections;
        _clock = clock;
        _folder = folder;
    }

    private const string CreateSql = """
        INSERT INTO runs (id, preset, seed, status, plan_json, config_hash, created_utc)
        VALUES (@Id, @Preset, @Seed, @Status, @PlanJson, @ConfigHash, @CreatedUtc);
        """;

    /// <summary>Puts a new run into the queue.</summary>
    /// <param name="preset">The preset that its plan was made from.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="planJson">The complete plan, as JSON.</param>
    /// <param name="configHash">The plan's hash.</param>
    /// <param name="id">Its name; left out, it gets <see cref="NextId(string, long)"/>'s.</param>
    /// <exception cref="RunExistsException">The name is taken.</exception>
    /// <exception cref="StoreException">Files of a run of this name are in the folder, which the store does not know.</exception>
    public Run Create(string preset, long seed, string planJson, string configHash, RunId? id = null) =>
        _connections.Write((connection, transaction) =>
        {
            var name = id ?? NextId(connection, transaction, preset, seed);
            if (Find(connection, transaction, name) is not null)
            {
                throw new RunExistsException(name);
            }

            if (FolderIdentity.HoldsFilesOf(_folder, name))
            {
                throw new StoreException(
                    $"The run cannot be called {name}: {Path.Combine(_folder, FolderIdentity.Runs, name.Value)} holds files of a run that the store does "
                    + "not know, and they stay as they are. Give another name, or move them away.");
            }

            var created = new
            {
                Id = name,
                Preset = preset,
                Seed = seed,
                Status = nameof(RunStatus.Queued),   // as text: a person can read the table
                PlanJson = planJson,
                ConfigHash = configHash,
                CreatedUtc = _clock.GetUtcNow(),
            };
            connection.Execute(CreateSql, created, transaction);
            return Get(connection, transaction, name);
        });

    /// <summary>The name of the next run of this preset and seed: <c>embedded-1</c>, then <c>embedded-1-2</c>, … A name under which there are
    /// files of an unknown run is left out.</summary>
    public RunId NextId(string preset, long seed) => _connections.Read(connection => NextId(connection, null, preset, seed));

    private RunId NextId(SqliteConnection connection, SqliteTransaction? transaction, string preset, long seed)
    {
        var first = new RunId(FormattableString.Invariant($"{preset}-{seed}"));
        var next = first;
        for (var number = 2; Find(connection, transaction, next) is not null || FolderIdentity.HoldsFilesOf(_folder, next); number++)
        {
            next = new RunId(FormattableString.Invariant($"{first}-{number}"));
        }

        return next;
    }

    private const string SelectSql = """
        SELECT id             AS Id,
               preset         AS Preset,
               seed           AS Seed,
               status         AS Status,
               plan_json      AS PlanJson,
               config_hash    AS ConfigHash,
               created_utc    AS CreatedUtc,
               started_utc    AS StartedUtc,
               finished_utc   AS FinishedUtc,
               error          AS Error,
               active_seconds AS ActiveSeconds
          FROM runs
        """;

    /// <summary>The run of this id, or null.</summary>
    public Run? Find(RunId id) => _connections.Read(connection => Find(connection, null, id));

    /// <summary>The run of this id.</summary>
    /// <exception cref="RunNotFoundException">There is none.</exception>
    public Run Get(RunId id) => Find(id) ?? throw new RunNotFoundException(id);

    /// <summary>All runs, the newest first.</summary>
    public IReadOnlyList<Run> List() =>
        _connections.Read(connection => connection.Query<Run>($"{SelectSql} ORDER BY created_utc DESC, rowid DESC;").AsList());

    private static Run? Find(SqliteConnection connection, SqliteTransaction? transaction, RunId id) =>
        connection.QuerySingleOrDefault<Run>($"{SelectSql} WHERE id = @Id;", new { Id = id }, transaction);

    private static Run Get(SqliteConnection connection, SqliteTransaction transaction, RunId id) =>
        Find(connection, transaction, id) ?? throw new RunNotFoundException(id);

    private const string RunningSql = """
        UPDATE runs
           SET status = @To, started_utc = coalesce(started_utc, @Now), finished_utc = NULL, error = NULL
         WHERE id = @Id;
        """;

    /// <summary>The training thread takes it up; a queued, stopped or failed run may be.</summary>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    /// <exception cref="RunTransitionException">It is running or finished.</exception>
    public Run MarkRunning(RunId id) => Move(id, RunStatus.Running, RunningSql);

    private const string QueuedSql = "UPDATE runs SET status = @To, finished_utc = NULL, error = NULL WHERE id = @Id;";

    /// <summary>Puts a stopped or failed run back into the queue.</summary>
    /// <inheritdoc cref="MarkRunning"/>
    public Run MarkQueued(RunId id) => Move(id, RunStatus.Queued, QueuedSql);

    private const string EndedSql = "UPDATE runs SET status = @To, finished_utc = @Now, error = @Error WHERE id = @Id;";

    /// <summary>A person ended it, or the process is shutting down.</summary>
    /// <inheritdoc cref="MarkRunning"/>
    public Run MarkStopped(RunId id) => Move(id, RunStatus.Stopped, EndedSql);

    /// <summary>An error ended it.</summary>
    /// <inheritdoc cref="MarkRunning"/>
    public Run MarkFailed(RunId id, string error) => Move(id, RunStatus.Failed, EndedSql, error);

    /// <summary>It did everything that its plan asked for.</summary>
    /// <inheritdoc cref="MarkRunning"/>
    public Run MarkFinished(RunId id) => Move(id, RunStatus.Finished, EndedSql);

    private Run Move(RunId id, RunStatus to, string sql, string? error = null) =>
        _connections.Write((connection, transaction) =>
        {
            var run = Get(connection, transaction, id);
            if (!RunTransitions.Into(to).Contains(run.Status))
            {
                throw new RunTransitionException(id, run.Status, to);
            }

            connection.Execute(sql, new { Id = id, To = to.ToString(), Now = _clock.GetUtcNow(), Error = error }, transaction);
            return Get(connection, transaction, id);
        });

    private const string AddSecondsSql = "UPDATE runs SET active_seconds = active_seconds + @Seconds WHERE id = @Id;";

    /// <summary>Adds to the time that the run has spent working.</summary>
    /// <exception cref="RunNotFoundException">There is no such run.</exception>
    public void AddActiveSeconds(RunId id, double seconds) =>
        _connections.Write((connection, transaction) =>
        {
            if (connection.Execute(AddSecondsSql, new { Id = id, Seconds = seconds }, transaction) == 0)
            {
                throw new RunNotFoundException(id);
            }
        });

    // It died some time after its last sign of life; that sign is the best end there is.
    private const string RecoverSql = """
        UPDATE runs
           SET status = 'Stopped',
               finished_utc = (
                   SELECT max(sign)
                     FROM (SELECT started_utc AS sign
                           UNION ALL SELECT max(at_utc) FROM events WHERE run_id = runs.id
                           UNION ALL SELECT max(finished_utc) FROM units WHERE run_id = runs.id))
         WHERE status = 'Running'
        RETURNING id;
        """;

    /// <summary>Marks runs that a dead process left running as stopped. To be called once, when a process has opened the store.</summary>
    /// <returns>Their ids.</returns>
    public IReadOnlyList<RunId> RecoverInterrupted() =>
        _connections.Write((connection, transaction) => connection.Query<RunId>(RecoverSql, transaction: transaction).AsList());
}
