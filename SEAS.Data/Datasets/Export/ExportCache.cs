using System.Collections.Concurrent;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>Makes the files that people take away and keeps them for a while: a download that broke finds the same bytes again.</summary>
internal sealed class ExportCache : IDisposable
{
    private const string Facts = "export.json";
    private const string Part = ".part";

    private readonly ConcurrentDictionary<string, Lock> _making = new(StringComparer.Ordinal);
    private readonly FrozenChecks _checks = new();
    private readonly TimeProvider _clock;
    private readonly long _room;
    private readonly bool _isKept = true;

    /// <param name="dataFolder">The data folder, which belongs to this process.</param>
    /// <param name="clock">Tells when an export was last asked for.</param>
    /// <param name="room">How many bytes are kept; what was used longest ago gives way to more.</param>
    public ExportCache(string dataFolder, TimeProvider clock, long room = 8L << 30)
    {
        _clock = clock;
        Folder = Path.Combine(dataFolder, "exports");
        _room = room;
        if (Directory.Exists(Folder))
        {
            foreach (var left in Directory.GetDirectories(Folder, $"*{Part}"))
            {
                Clear(left);   // by a process that died
            }
        }
    }

    private ExportCache(string folder, TimeProvider clock)
    {
        (_clock, Folder, _room, _isKept) = (clock, folder, long.MaxValue, false);
    }

    /// <summary>In a folder of this process's own, that goes with it; if it dies, the next owner of the data folder sweeps it.</summary>
    public static ExportCache Beside(string dataFolder, TimeProvider clock) =>
        new(Path.Combine(dataFolder, "exports", FormattableString.Invariant($"beside-{Environment.ProcessId}{Part}")), clock);

    private string Folder { get; }

    public void Dispose()
    {
        if (!_isKept)
        {
            Clear(Folder);
        }
    }

    public PreparedExport Prepare(ExportJob job, IProgress<ExportProgress>? progress, CancellationToken cancellation)
    {
        if (job.AsItIs is { } frozen)
        {
            var path = _checks.Checked(frozen.Round, frozen.File, cancellation);
            var known = frozen.Round.FileOf(frozen.File);
            return new PreparedExport(path, job.FileName, job.ContentType, known.Sha256, known.Bytes);
        }

        return Prepare(new KeptFile(
            job.Name, job.FileName, job.ContentType, path =>
            {
                Require(job, cancellation);
                return new ExportWriter(job, progress, cancellation).Write(path);
            }));
    }

    /// <summary>Makes sure that the files which exports read are what was frozen.</summary>
    /// <exception cref="DatasetException">One is gone, or its bytes are others.</exception>
    public void Require(ExportJob job, CancellationToken cancellation)
    {
        foreach (var (round, entry) in job.Entries)
        {
            foreach (var frozen in entry.From)
            {
                _checks.Checked(round, frozen, cancellation);
            }
        }
    }

    /// <summary>Makes a file, or finds the one of that name made before.</summary>
    public PreparedExport Prepare(KeptFile wanted)
    {
        lock (_making.GetOrAdd(wanted.Name, _ => new Lock()))
        {
            return Kept(wanted) ?? Make(wanted);
        }
    }

    private PreparedExport? Kept(KeptFile wanted)
    {
        var folder = Path.Combine(Folder, wanted.Name);
        var facts = Path.Combine(folder, Facts);
        if (!File.Exists(facts))
        {
            return null;
        }

        var kept = ManifestJson.Read<ManifestFile>(File.ReadAllBytes(facts));
        var path = Path.Combine(folder, wanted.FileName);
        if (new FileInfo(path) is not { Exists: true } file || file.Length != kept.Bytes
            || _checks.Sum(path, CancellationToken.None) != kept.Sha256)
        {
            return null;   // damaged: it is made again
        }

        Directory.SetLastWriteTimeUtc(folder, _clock.GetUtcNow().UtcDateTime);
        return new PreparedExport(path, wanted.FileName, wanted.ContentType, kept.Sha256, kept.Bytes);
    }

    private PreparedExport Make(KeptFile wanted)
    {
        var part = Path.Combine(Folder, wanted.Name + Part);
        try
        {
            Clear(part);
            Directory.CreateDirectory(part);
            var made = wanted.Write(Path.Combine(part, wanted.FileName));
            File.WriteAllBytes(Path.Combine(part, Facts), ManifestJson.WriteFile(made));
            var final = Path.Combine(Folder, wanted.Name);
            Clear(final);
            Directory.Move(part, final);
            MakeRoom(final);
            return new PreparedExport(
                Path.Combine(final, wanted.FileName), wanted.FileName, wanted.ContentType, made.Sha256, made.Bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"{wanted.FileName} cannot be written into {Folder}: {error.Message} Nothing half-written remains. "
                + "Make room or give this user the right to write there, then try again.", error);
        }
        finally
        {
            Clear(part);
        }
    }

    // A download that is under way keeps the file that it reads, whatever becomes of its name.
    private void MakeRoom(string newest)
    {
        var kept = new DirectoryInfo(Folder).GetDirectories()
            .Where(folder => !folder.Name.EndsWith(Part, StringComparison.Ordinal))
            .OrderByDescending(folder => folder.FullName == newest).ThenByDescending(folder => folder.LastWriteTimeUtc)
            .ToList();
        var used = 0L;
        foreach (var folder in kept)
        {
            used += folder.EnumerateFiles().Sum(file => file.Length);
            if (used > _room && folder.FullName != newest)
            {
                Clear(folder.FullName);
            }
        }
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
