using System.Text.Json;
using SEAS.Data.Datasets.Export;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Datasets.Verification;

namespace SEAS.Data.Datasets.Restoring;

/// <summary>One zip or folder that rounds are put together from.</summary>
internal sealed class RestoredSource : IDisposable
{
    private readonly Package _package;
    private readonly PackageManifest _manifest;

    private RestoredSource(Package package, PackageManifest manifest) => (_package, _manifest) = (package, manifest);

    public IReadOnlyList<DatasetManifest> Rounds => _manifest.Rounds;

    public bool IsComplete => _manifest.IsComplete;

    /// <summary>Checks everything in it before a row is believed.</summary>
    /// <exception cref="DatasetException">It is not what was exported, or in a form that leads nowhere.</exception>
    public static RestoredSource Open(string path, CancellationToken cancellation)
    {
        if (DatasetVerifier.Verify(path, store: null, cancellation) is { IsSound: false } report)
        {
            var first = report.Findings[0];
            throw new DatasetException(
                $"{path} should be what was exported but is not: {first.File}{(first.Row is { } row ? $", row {row}" : "")}: "
                + $"{first.Problem}. "
                + $"./seas verify lists all {report.FindingCount}; export it again, or take another copy.");
        }

        var findings = new Findings();
        var package = new Package(path, findings);
        try
        {
            using var stream = package.Open(FrozenFiles.Manifest);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            var manifest = PackageManifest.Read(bytes.ToArray(), findings)!;
            var source = new RestoredSource(package, manifest);
            source.RequireRows(path);
            return source;
        }
        catch
        {
            package.Dispose();
            throw;
        }
    }

    /// <summary>The rows of a round's file; none if an older program froze the round without it.</summary>
    public IEnumerable<JsonElement> Rows(DatasetManifest round, string file)
    {
        var name = _manifest.FolderOf(round) + file;
        if (!_package.Has(name))
        {
            yield break;
        }

        using var stream = _package.Open(name);
        foreach (var row in FrozenLines.Read(stream, name))
        {
            yield return row;
        }
    }

    public void Dispose() => _package.Dispose();

    // Trainers' formats hold a part of the rows, in their own words.
    private void RequireRows(string path)
    {
        var missing = Rounds.SelectMany(round => round.Files.Where(file => file.Name != FrozenFiles.Diff)
            .Select(file => _manifest.FolderOf(round) + file.Name)).FirstOrDefault(name => !_package.Has(name));
        if (missing is not null)
        {
            throw new DatasetException(
                $"{path} should hold the frozen rows of its rounds but lacks {missing}: it is an export of one file or for a trainer. "
                + $"Export with --format {ExportFormats.Name(ExportFormat.JsonLines)} or {ExportFormats.Name(ExportFormat.All)}.");
        }
    }
}
