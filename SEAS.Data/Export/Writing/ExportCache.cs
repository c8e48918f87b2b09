using System.Collections.Concurrent;

namespace SEAS.Data.Export;

/// <summary>Makes the files that people take away and keeps them for a while: a download that broke finds the same bytes again.</summary>
internal sealed class ExportCache(string dataFolder)
{
    private const string Facts = "export.json";

    private readonly ConcurrentDictionary<string, Lock> _making = new(StringComparer.Ordinal);
    private readonly FrozenChecks _checks = new();

    private string Folder => Path.Combine(dataFolder, "exports");

    public PreparedExport Prepare(ExportJob job, IProgress<ExportProgress>? progress, CancellationToken cancellation)
    {
        if (job.AsItIs is { } frozen)
        {
            var path = _checks.Checked(frozen.Round, frozen.File, cancellation);
            var known = frozen.Round.FileOf(frozen.File);
            return new PreparedExport(path, job.FileName, job.ContentType, known.Sha256, known.Bytes);
        }

        lock (_making.GetOrAdd(job.Name, _ => new Lock()))
        {
            return Kept(job) ?? Make(job, progress, cancellation);
        }
    }

    private PreparedExport? Kept(ExportJob job)
    {
        var folder = Path.Combine(Folder, job.Name);
        var facts = Path.Combine(folder, Facts);
        if (!File.Exists(facts))
        {
            return null;
        }

        var kept = ExportJson.Read<ManifestFile>(File.ReadAllBytes(facts));
        var path = Path.Combine(folder, job.FileName);
        return new FileInfo(path) is { Exists: true } file && file.Length == kept.Bytes
            ? new PreparedExport(path, job.FileName, job.ContentType, kept.Sha256, kept.Bytes)
            : null;
    }

    private PreparedExport Make(ExportJob job, IProgress<ExportProgress>? progress, CancellationToken cancellation)
    {
        var part = Path.Combine(Folder, job.Name + ".part");
        try
        {
            Clear(part);
            Directory.CreateDirectory(part);
            var path = Path.Combine(part, job.FileName);
            var made = new ExportWriter(job, progress, _checks, cancellation).Write(path);
            File.WriteAllBytes(Path.Combine(part, Facts), ExportJson.WriteFile(made));
            var final = Path.Combine(Folder, job.Name);
            Clear(final);
            Directory.Move(part, final);
            return new PreparedExport(Path.Combine(final, job.FileName), job.FileName, job.ContentType, made.Sha256, made.Bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"{job.FileName} cannot be written into {Folder}: {error.Message} Nothing half-written remains. "
                + "Make room or give this user the right to write there, then try again.", error);
        }
        finally
        {
            Clear(part);
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
