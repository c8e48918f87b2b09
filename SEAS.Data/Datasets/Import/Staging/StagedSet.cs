using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Storage;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>A set that is being made in a file that nobody else sees; deleted unless it is published.</summary>
internal sealed class StagedSet : IDisposable
{
    private const int Sampled = 20;
    private const int RowsBetweenReports = 2000;

    private readonly SetStore _sets;
    private readonly string _folder;
    private readonly string _name;
    private readonly DatasetFile _file;
    private readonly SetFileWriter _writer;
    private readonly ProblemLog _problems;
    private readonly RowIdentity _identity;
    private readonly TypeMapping _types;
    private readonly List<ImportedRow> _sample = [];

    public StagedSet(SetRequest request, SetStore sets, string folder)
    {
        Request = request;
        _sets = sets;
        _folder = folder;
        _types = TypeMapping.Of(request, sets.Types);
        _identity = new RowIdentity(request.Purpose);
        _name = Path.Combine(SetFile.Folder, $"{Guid.NewGuid():N}.db");
        Directory.CreateDirectory(Path.Combine(folder, SetFile.Folder));
        _file = DatasetFile.Open(request.Path, request.Columns, request.Purpose, request.FileName, request.Threshold);
        try
        {
            RequireUse();
            _problems = new ProblemLog(request.ErrorFile);
            _writer = new SetFileWriter(Unfinished);
        }
        catch
        {
            _problems?.Dispose();
            _file.Dispose();
            File.Delete(Unfinished);
            throw;
        }
    }

    public SetRequest Request { get; }

    /// <summary>What the format calls its set.</summary>
    public string DefaultSource => _file.Source;

    private string Unfinished => Path.Combine(_folder, _name) + SetFile.Unfinished;

    /// <summary>Reads the whole file into the staged one and says what is in it.</summary>
    public SetPreview Read(IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var seen = 0L;
        foreach (var (row, problem) in _file.Rows())
        {
            if (row is null)
            {
                _problems.Add(problem!);
            }
            else
            {
                Take(row);
            }

            if (++seen % RowsBetweenReports == 0)
            {
                Report("reading");
            }
        }

        var sha = _file.Sha256();
        _writer.End(_types.Ours, Request.Split);
        var comparison = new SetComparison(_writer.Connection, Request, Report);
        return StoreFaults.Explained(Unfinished, () => new SetPreview(
            _file.Format,
            _file.Reason,
            sha,
            _file.TotalBytes,
            _file.Purposes,
            _file.Columns,
            _file.Mapping,
            _sample,
            comparison.Counts(OthersOfThisPurpose()) with { Problems = _problems.Count },
            comparison.Types(),
            _problems.First)
        {
            LeftOut = _file.LeftOut.ToDictionary(StringComparer.Ordinal),
        });

        void Report(string stage)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new ImportProgress(_writer.Rows, _file.BytesRead, _file.TotalBytes, stage));
        }
    }

    /// <exception cref="PromptSetException">The set must not be stored.</exception>
    public void RequireTakeable(SetPreview preview)
    {
        if (Request.ExpectedSha256 is { } expected && expected != preview.Sha256)
        {
            throw new PromptSetException(
                Request.Path, "the file that was shown in the preview", "one that has changed since", "Look at it again.");
        }

        if (!preview.IsSound && !Request.TakeGoodRows)
        {
            var first = preview.Problems[0];
            throw new PromptSetException(
                Request.Path,
                "rows without problems",
                FormattableString.Invariant($"{preview.Counts.Problems} with one; row {first.Row}, {first.Column}: {first.Message}"),
                "Mend the rows, or take only the good ones (--good-rows).");
        }

        if (preview.Counts.Rows == 0)
        {
            throw new PromptSetException(
                Request.Path,
                "at least one row to take",
                Request.OnlyNew && preview.Counts.AlreadyThere + preview.Counts.Repeated > 0
                    ? "rows that are all there already" : $"none in a file of the format {preview.Format}",
                "Choose another file.");
        }
    }

    /// <summary>Names what the rows say; see <see cref="ImportedSet.Content"/>.</summary>
    public string Content() => StoreFaults.Explained(Unfinished, () => SetContent.Of(_writer.Connection));

    /// <summary>Gives the file its final name.</summary>
    /// <returns>The name, relative to the data folder.</returns>
    public string Publish()
    {
        _writer.Dispose();
        using (var file = new FileStream(Unfinished, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Flush(flushToDisk: true);
        }

        File.Move(Unfinished, Path.Combine(_folder, _name));
        FolderFlush.ToDisk(Path.GetDirectoryName(Path.Combine(_folder, _name))!);
        return _name;
    }

    public void Dispose()
    {
        _file.Dispose();
        _writer.Dispose();
        File.Delete(Unfinished);
        _problems.Dispose();   // last: it still writes, and the disk may be full
    }

    private void Take(ImportedRow row)
    {
        try
        {
            row = PurposeRules.Fit(Request.Purpose, row);
            if (!_writer.HasRoomFor(row.Category))
            {
                throw new RowFault(
                    RowFields.Category, FormattableString.Invariant($"expected at most {SetFileWriter.MostTypes} types, found one more"));
            }
        }
        catch (RowFault fault)
        {
            _problems.Add(fault.At(row.Row));
            return;
        }

        _writer.Add(row, _identity.Hash(row), _identity.Template(row.Prompt));
        if (_sample.Count < Sampled)
        {
            _sample.Add(row);
        }
    }

    private void RequireUse()
    {
        if (!_file.Purposes.Contains(Request.Purpose))
        {
            throw new PromptSetException(
                Request.Path,
                $"a format that gives {Request.Purpose.ToString().ToLowerInvariant()}",
                $"{_file.Format}, which gives {string.Join(", ", _file.Purposes.Select(use => use.ToString().ToLowerInvariant()))}",
                "Take it in as one of these (--as).");
        }
    }

    private IEnumerable<string> OthersOfThisPurpose() =>
        _sets.List().Where(set => set.Purpose == Request.Purpose).Select(_sets.FileOf).Where(File.Exists);
}
