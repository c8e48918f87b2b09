using Dapper;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Review.Settings;
using SEAS.Data.Storage;

namespace SEAS.Data.Datasets.Export;

/// <summary>Who accepted the notice about harmful content, and who exported what. Each public method is one transaction.</summary>
public sealed class DatasetAccess
{
    private const string NoFilter = "{}";

    private readonly SqliteConnections _connections;
    private readonly TimeProvider _clock;

    internal DatasetAccess(SqliteConnections connections, TimeProvider clock)
    {
        _connections = connections;
        _clock = clock;
    }

    /// <summary>Whether what people accept and export can be written down; not in a folder that this user can only read.</summary>
    public bool IsKept => _connections.CanWrite;

    private const string AcceptSql = """
        INSERT INTO dataset_notices (person, notice, accepted_utc)
        VALUES (@Person, @Notice, @AtUtc)
        ON CONFLICT (person, notice) DO NOTHING;
        """;

    /// <summary>A person has read <see cref="DatasetNotice.Text"/> and accepts it; saying so again changes nothing.</summary>
    /// <exception cref="ArgumentException">That cannot be a name.</exception>
    public void Accept(string person)
    {
        AnnotatorRepository.RequireName(person);
        _connections.Write((connection, transaction) => connection.Execute(
            AcceptSql, new { Person = person, Notice = DatasetNotice.Version, AtUtc = _clock.GetUtcNow() }, transaction));
    }

    private const string AcceptedSql = "SELECT count(*) FROM dataset_notices WHERE person = @Person AND notice = @Notice;";

    /// <summary>Whether this person has accepted the notice as it is now.</summary>
    public bool HasAccepted(string person) => _connections.Read(connection =>
        connection.ExecuteScalar<long>(AcceptedSql, new { Person = person, Notice = DatasetNotice.Version }) > 0);

    private const string RecordSql = """
        INSERT INTO dataset_exports
               (run_id, round, version, format, file, filter_json, sha256, bytes, person, way, at_utc)
        VALUES (@Run, @Round, @Version, @Format, @File, @FilterJson, @Sha256, @Bytes, @Person, @Way, @AtUtc)
        RETURNING id;
        """;

    /// <summary>Writes into the log that somebody takes an export away.</summary>
    /// <param name="request">What they asked for.</param>
    /// <param name="export">What they got.</param>
    /// <param name="person">Who.</param>
    /// <param name="way">How: <c>page</c>, <c>program</c> or <c>command</c>.</param>
    /// <exception cref="ArgumentException">That cannot be a name.</exception>
    public DatasetExport Record(ExportRequest request, PreparedExport export, string person, string way) => Record(new DatasetExport(
        Id: 0, request.Run, request.Round, request.Version, ExportFormats.Name(request.Format), export.FileName,
        ManifestJson.Write(request.Filter), export.Sha256, export.Bytes, person, way, _clock.GetUtcNow()));

    /// <summary>Writes into the log that somebody takes a model away.</summary>
    /// <param name="run">The run that tuned it.</param>
    /// <param name="iteration">The round after which it was as it is.</param>
    /// <param name="form">What it is written as.</param>
    /// <param name="export">What they got.</param>
    /// <param name="person">Who.</param>
    /// <param name="way">How: <c>page</c>, <c>program</c> or <c>command</c>.</param>
    /// <exception cref="ArgumentException">That cannot be a name.</exception>
    public DatasetExport RecordModel(RunId run, int iteration, string form, PreparedExport export, string person, string way) => Record(
        new DatasetExport(
            Id: 0, run, iteration, Version: null, form, export.FileName, NoFilter, export.Sha256, export.Bytes, person, way,
            _clock.GetUtcNow()));

    private DatasetExport Record(DatasetExport entry)
    {
        AnnotatorRepository.RequireName(entry.Person);
        return entry with
        {
            Id = _connections.Write((connection, transaction) => connection.ExecuteScalar<long>(RecordSql, entry, transaction)),
        };
    }

    private const string TakenSql = "SELECT count(*) FROM dataset_exports WHERE sha256 = @Sha256 AND person = @Person;";

    /// <summary>Whether this person has taken exactly these bytes before: a download that broke goes on without a second entry.</summary>
    public bool HasTaken(PreparedExport export, string person) => _connections.Read(connection =>
        connection.ExecuteScalar<long>(TakenSql, new { export.Sha256, Person = person }) > 0);

    private const string Columns = """
        SELECT id          AS Id,
               run_id      AS Run,
               round       AS Round,
               version     AS Version,
               format      AS Format,
               file        AS File,
               filter_json AS FilterJson,
               sha256      AS Sha256,
               bytes       AS Bytes,
               person      AS Person,
               way         AS Way,
               at_utc      AS AtUtc
          FROM dataset_exports
        """;

    private const string OfRunSql = $"{Columns} WHERE run_id = @Run ORDER BY id DESC LIMIT @Limit;";
    private const string NewestSql = $"{Columns} ORDER BY id DESC LIMIT @Limit;";

    /// <summary>What was exported of one run, or of all, the newest first.</summary>
    public IReadOnlyList<DatasetExport> Log(RunId? run = null, int limit = 1000) => _connections.Read(connection => run is { } of
        ? connection.Query<DatasetExport>(OfRunSql, new { Run = of, Limit = limit }).AsList()
        : connection.Query<DatasetExport>(NewestSql, new { Limit = limit }).AsList());
}

/// <summary>An entry of the log of exports.</summary>
/// <param name="Id">Its number; grows with age.</param>
/// <param name="Run">The run, which may be gone by now.</param>
/// <param name="Round">The round; null for all. Of a model, the round that made it.</param>
/// <param name="Version">The version that was asked for; null for the newest.</param>
/// <param name="Format">The format's name, as <see cref="ExportFormats.Name"/> gives it; of a model, its form.</param>
/// <param name="File">The file's name.</param>
/// <param name="FilterJson">The filter.</param>
/// <param name="Sha256">The file's checksum.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Person">Who took it.</param>
/// <param name="Way">How: <c>page</c>, <c>program</c> or <c>command</c>.</param>
/// <param name="AtUtc">When.</param>
public sealed record DatasetExport(
    long Id,
    RunId Run,
    int? Round,
    int? Version,
    string Format,
    string File,
    string FilterJson,
    string Sha256,
    long Bytes,
    string Person,
    string Way,
    DateTimeOffset AtUtc);
