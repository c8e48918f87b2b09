using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Storage;

namespace SEAS.Data.Datasets.Export;

/// <summary>The frozen datasets of every round, and what is made of them to be taken away. May be used from any thread.</summary>
public sealed class DatasetStore : IDisposable
{
    private const int BufferBytes = 1 << 18;

    private readonly VersionRepository _versions;
    private readonly VersionFreezer _freezer;
    private readonly ExportCache _exports;
    private readonly string _folder;

    internal DatasetStore(string folder, SqliteConnections connections, bool isOurs, string exports, TimeProvider clock)
    {
        _folder = folder;
        _versions = new VersionRepository(connections);
        _freezer = new VersionFreezer(folder, connections, _versions, clock);
        _exports = isOurs ? new ExportCache(folder, clock) : ExportCache.Beside(exports, clock);
    }

    /// <summary>Takes away what was made beside the process that has the folder.</summary>
    public void Dispose() => _exports.Dispose();

    /// <summary>Every version of a run's rounds, by round and version.</summary>
    public IReadOnlyList<DatasetVersion> Versions(RunId run) => _versions.Of(run);

    /// <summary>The newest version of a round, or null.</summary>
    public DatasetVersion? Newest(RunId run, int round) => _versions.Of(run).LastOrDefault(version => version.Round == round);

    /// <summary>A version's manifest.</summary>
    /// <exception cref="DatasetException">It is gone, or not what was frozen.</exception>
    public DatasetManifest Manifest(DatasetVersion version) => FrozenVersion.Open(_folder, version).Manifest;

    /// <summary>Where a version's files lie.</summary>
    public string Folder(DatasetVersion version) => Path.Combine(_folder, version.Folder);

    /// <summary>The plain rows of a version, in their order.</summary>
    /// <exception cref="DatasetException">They are gone, or not what was frozen.</exception>
    public IEnumerable<GeneralRow> General(DatasetVersion version)
    {
        var path = FrozenVersion.Open(_folder, version).Checked(FrozenFiles.General);
        return FrozenLines.Read(path).Select(row => new GeneralRow(
            RoleNames.Find(row.GetProperty("role").GetString()!)!.Value,
            row.GetProperty("prompt").GetString()!,
            row.GetProperty("answer").GetString()!));
    }

    /// <summary>Changes whenever somebody decides something about the run's items.</summary>
    public string LabelsMark(RunId run) => _versions.LabelsMark(run);

    /// <summary>Freezes a round as it is now. If its newest version says the same already, that one stands.</summary>
    /// <param name="run">The run.</param>
    /// <param name="round">The round; its attacks must be judged.</param>
    /// <param name="reason">Why.</param>
    /// <param name="facts">Gathers what the store does not know; called only if something has to be written.</param>
    /// <param name="unit">The unit of work that this is, or null: its entry and the version are one commit.</param>
    /// <param name="cancellation">Leaves everything as it was.</param>
    /// <exception cref="DatasetException">The files cannot be written; nothing half-written remains.</exception>
    public DatasetVersion Freeze(
        RunId run, int round, string reason, Func<RoundFacts> facts, UnitKey? unit, CancellationToken cancellation) =>
        _freezer.Freeze(run, round, reason, facts, unit, cancellation);

    /// <summary>What an export would hold, and its first rows.</summary>
    /// <exception cref="DatasetException">There is no such version or file, or the files are not what was frozen.</exception>
    public ExportPreview Preview(ExportRequest request)
    {
        var job = Job(request);
        _exports.Require(job, CancellationToken.None);
        return job.Preview();
    }

    /// <summary>Makes the file that somebody wants to take away, or finds the one made before.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="progress">Told now and then; null for nobody.</param>
    /// <param name="cancellation">Leaves nothing behind.</param>
    /// <exception cref="DatasetException">There is no such version or file, the files are not what was frozen, or there is no
    /// room.</exception>
    public PreparedExport Prepare(ExportRequest request, IProgress<ExportProgress>? progress, CancellationToken cancellation) =>
        _exports.Prepare(Job(request), progress, cancellation);

    /// <summary>Makes a file of another kind that somebody wants to take away, or finds the one made before.</summary>
    /// <param name="name">Names its content, in letters that a file's name may have: the same name is the same bytes.</param>
    /// <param name="fileName">What to call it.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="write">Writes it into a stream that cannot seek; the folder beside is for what it needs meanwhile.</param>
    /// <exception cref="DatasetException">There is no room, or no right to write.</exception>
    public PreparedExport Prepare(string name, string fileName, string contentType, Action<Stream, string> write) =>
        _exports.Prepare(new KeptFile(name, fileName, contentType, path =>
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferBytes);
            using var hashed = new HashingStream(file);
            write(hashed, Path.GetDirectoryName(path)!);
            return new ManifestFile(fileName, Rows: 0, hashed.Position, hashed.Sha256());
        }));

    private ExportJob Job(ExportRequest request) => new(request, Chosen(request));

    private List<FrozenVersion> Chosen(ExportRequest request)
    {
        var versions = _versions.Of(request.Run);
        var chosen = versions
            .Where(version => request.Round is not { } round || version.Round == round)
            .Where(version => request.Version is not { } number || version.Version == number)
            .GroupBy(version => version.Round)
            .Select(ofRound => FrozenVersion.Open(_folder, ofRound.Last()))
            .ToList();
        return chosen.Count > 0 ? chosen : throw new DatasetNotFoundException(
            $"Run {request.Run} has no frozen datasets of {Wanted(request)}; there are "
            + (versions.Count == 0 ? "none" : string.Join(", ", versions.Select(version => $"round {version.Round} v{version.Version}")))
            + ". A round is frozen when it ends; ./seas export freezes those of older runs.");
    }

    private static string Wanted(ExportRequest request) =>
        (request.Round is { } round ? $"round {round}" : "any round") + (request.Version is { } version ? $", version {version}" : "");
}
