using System.Security.Cryptography;
using System.Text;
using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>One request, worked out: which rounds, which files, and what names it so that the same request finds the same file.</summary>
internal sealed class ExportJob
{
    // Part of the name of what is kept: raised when the same rows would be written differently.
    private const int WritersVersion = 1;
    private const int SampleRows = 3;
    private const int SampleFiles = 3;

    private readonly List<(FrozenVersion Round, ExportEntry Entry)> _entries;

    /// <exception cref="DatasetNotFoundException">The format has no such file.</exception>
    public ExportJob(ExportRequest request, IReadOnlyList<FrozenVersion> rounds)
    {
        (Request, Rounds) = (request, rounds);
        var entries = FormatEntries.Of(request.Format).Where(entry => request.File is null || entry.Name == request.File).ToList();
        if (entries.Count == 0)
        {
            throw new DatasetNotFoundException(
                $"The format {ExportFormats.Name(request.Format)} has no file {request.File}; it has "
                + $"{string.Join(", ", FormatEntries.Of(request.Format).Select(entry => entry.Name))}.");
        }

        // A round that an older program froze has fewer files, and only runs that measure imported sets have their answers.
        _entries = [.. rounds.SelectMany(round => entries.Where(entry => entry.From.All(round.Holds)).Select(entry => (
            round, rounds.Count == 1 ? entry : entry.Under(FormattableString.Invariant($"round-{round.Version.Round}")))))];
        if (_entries.Count == 0)
        {
            throw new DatasetNotFoundException(
                $"There is no {request.File} of these rounds: an older version of the program froze them without that file, or the run "
                + "measures no imported evaluation set (./seas run --evaluation NAME).");
        }
    }

    public ExportRequest Request { get; }

    public IReadOnlyList<FrozenVersion> Rounds { get; }

    public IReadOnlyList<(FrozenVersion Round, ExportEntry Entry)> Entries => _entries;

    /// <summary>The frozen file that is the whole answer, if there is one.</summary>
    public (FrozenVersion Round, string File)? AsItIs =>
        _entries is [{ Entry.Frozen: { } file } only] && only.Round is var round && Request.Filter.IsNone ? (round, file) : null;

    /// <summary>Whether a card describes the export.</summary>
    public bool HasCard => Request.File is null && FormatEntries.HasCard(Request.Format);

    /// <summary>The same for the same rows in the same form.</summary>
    public string Name => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n',
        [
            $"{WritersVersion}", ExportFormats.Name(Request.Format), Request.File ?? "", ManifestJson.Write(Request.Filter),
            .. Rounds.Select(round => round.Version.ManifestSha256),
        ]))))[..32];

    /// <summary>What to call the file.</summary>
    public string FileName
    {
        get
        {
            var rounds = Rounds is [var only]
                ? FormattableString.Invariant($"round-{only.Version.Round}")
                : FormattableString.Invariant($"rounds-{Rounds[0].Version.Round}-{Rounds[^1].Version.Round}");
            var whole = $"seas-run-{Request.Run}-{rounds}";
            return _entries is [var entry]
                ? $"{whole}-{entry.Entry.Name.Replace('/', '-')}"
                : Request.Format == ExportFormat.All ? $"{whole}.zip" : $"{whole}-{ExportFormats.Name(Request.Format)}.zip";
        }
    }

    public string ContentType => Path.GetExtension(FileName) switch
    {
        ".zip" => "application/zip",
        ".jsonl" => "application/x-ndjson",
        PackedLinesFormat.Ending => "application/zstd",
        ".csv" => "text/csv",
        ".md" => "text/markdown",
        ParquetFormat.Ending => "application/vnd.apache.parquet",
        _ => "application/json",
    };

    public ExportSource Source(FrozenVersion round, CancellationToken cancellation) => new(round, Request.Filter, cancellation);

    public ExportPreview Preview()
    {
        var files = _entries.ConvertAll(item => new ExportFile(item.Entry.Name, Rows(item.Round, item.Entry)));
        if (HasCard)
        {
            files.Add(new ExportFile(DatasetCard.Name, Rows: 0));
        }

        var sample = _entries.Where((_, at) => files[at].Rows > 0).Take(SampleFiles)
            .Select(item => new ExportSample(item.Entry.Name, Sample(item.Round, item.Entry)))
            .ToList();
        return new ExportPreview(files, files.Sum(file => file.Rows), sample);
    }

    // With a filter nobody knows before the rows have been looked at.
    private long Rows(FrozenVersion round, ExportEntry entry)
    {
        if (Request.Filter.IsNone && !entry.IsBound)
        {
            return entry.MostRows(round.Manifest);
        }

        using var output = new EntryOutput(Stream.Null);
        entry.Write(Source(round, CancellationToken.None), output);
        return output.Rows;
    }

    private List<string> Sample(FrozenVersion round, ExportEntry entry)
    {
        using var text = new MemoryStream();
        using var output = new EntryOutput(text, SampleRows);
        (entry.Sample ?? entry.Write)(Source(round, CancellationToken.None), output);
        output.Finish(entry.Name);
        return [.. Encoding.UTF8.GetString(text.ToArray()).Split('\n').Where(line => line.Length > 0)];
    }
}
