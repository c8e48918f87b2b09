using System.IO.Compression;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>Writes one export: a single file as it is, several as a zip with a manifest.</summary>
internal sealed class ExportWriter(
    ExportJob job, IProgress<ExportProgress>? progress, CancellationToken cancellation)
{
    private const int TellEvery = 20_000;

    private readonly long _total = job.Entries.Sum(item => item.Entry.MostRows(item.Round.Manifest));
    private long _rows;

    public ManifestFile Write(string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        using var hashed = new HashingStream(file);
        if (job.Entries is [var only])
        {
            Write(only.Round, only.Entry, hashed);
        }
        else
        {
            WriteZip(hashed);
        }

        progress?.Report(new ExportProgress(job.FileName, _rows, _rows));
        return new ManifestFile(job.FileName, _rows, hashed.Position, hashed.Sha256());
    }

    // To a stream that cannot seek: what follows an entry's bytes says how long it was, and the checksum is formed on the way.
    private void WriteZip(HashingStream target)
    {
        var files = new List<ManifestFile>();
        using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (round, entry) in job.Entries)
        {
            using var stream = Open(zip, entry.Name);
            files.Add(Write(round, entry, stream));
        }

        if (job.HasCard)
        {
            using var card = Open(zip, DatasetCard.Name);
            using var output = new EntryOutput(card);
            output.Write(DatasetCard.Write(job, files));
            files.Add(output.Finish(DatasetCard.Name));
        }

        var manifest = new ExportManifest
        {
            SchemaVersion = DatasetManifest.NewestSchema,
            Format = ExportFormats.Name(job.Request.Format),
            Run = job.Request.Run.Value,
            Filter = job.Request.Filter,
            Files = files,
            Rounds = [.. job.Rounds.Select(round => round.Manifest)],
        };
        using var last = Open(zip, FrozenFiles.Manifest);
        last.Write(ManifestJson.WriteFile(manifest));
    }

    // Every entry has the instant of the freezing: the same rows give the same zip.
    private Stream Open(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = job.Rounds[^1].Version.FrozenUtc.ToUniversalTime();
        return entry.Open();
    }

    private ManifestFile Write(FrozenVersion round, ExportEntry entry, Stream target)
    {
        using var output = new EntryOutput(target)
        {
            RowWritten = () =>
            {
                if (++_rows % TellEvery == 0)
                {
                    progress?.Report(new ExportProgress(entry.Name, _rows, _total));
                }
            },
        };
        entry.Write(job.Source(round, cancellation), output);
        return output.Finish(entry.Name);
    }
}
