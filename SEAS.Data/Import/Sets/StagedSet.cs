using Dapper;
using SEAS.Data.Domain;

namespace SEAS.Data.Import;

/// <summary>A set that is being made in a file that nobody else sees; deleted unless it is published.</summary>
internal sealed class StagedSet : IDisposable
{
    private const int Shown = 100;
    private const int Sampled = 20;
    private const int RowsBetweenReports = 5000;

    private readonly string _folder;
    private readonly string _name;
    private readonly SetFileWriter _writer;
    private readonly DatasetFile _file;
    private readonly RowIdentity _identity;
    private readonly List<RowError> _problems = [];
    private readonly List<ImportedRow> _sample = [];
    private readonly TypeMapping _types;
    private long _problemCount;

    public StagedSet(SetRequest request, SetStore sets, string folder)
    {
        Request = request;
        _folder = folder;
        _file = DatasetFile.Open(request.Path, request.Columns, request.Purpose, request.FileName);
        _types = TypeMapping.Of(request, sets.Types);
        _identity = new RowIdentity(request.Purpose);
        _name = Path.Combine(SetFile.Folder, $"{Guid.NewGuid():N}.db");
        Directory.CreateDirectory(Path.Combine(folder, SetFile.Folder));
        _writer = new SetFileWriter(Unfinished);
    }

    public SetRequest Request { get; }

    /// <summary>What the format calls its set.</summary>
    public string DefaultSource => _file.Source;

    private string Unfinished => Path.Combine(_folder, _name) + SetFile.Unfinished;

    /// <summary>Reads the whole file into the staged one and says what is in it.</summary>
    public SetPreview Read(IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        foreach (var (row, problem) in _file.Rows())
        {
            if (row is null)
            {
                Note(problem!);
            }
            else
            {
                _writer.Add(row, _identity.Hash(row), _identity.Template(row.Prompt));
                if (_sample.Count < Sampled)
                {
                    _sample.Add(row);
                }
            }

            if ((_writer.Rows + _problemCount) % RowsBetweenReports == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new ImportProgress(_writer.Rows, _file.BytesRead, _file.TotalBytes, "reading"));
            }
        }

        _writer.End(_types.Ours, Request.Split);
        var types = _writer.Connection
            .Query<(string Found, string Type, long Rows)>("SELECT found, type, rows FROM types ORDER BY rows DESC, found;")
            .Select(type => new TypeCount(
                type.Found, type.Type, CategoryLabel.IsKnown(type.Type), TypeProposals.For(type.Found), type.Rows))
            .ToList();
        return new SetPreview(
            _file.Format, _file.Reason, _file.Sha256(), _file.TotalBytes, _file.Purposes, _file.Columns, _file.Mapping, _sample,
            new SetCounts(_writer.Rows, _problemCount, 0, 0, _writer.Rows, _writer.Rows, 1, _writer.Rows, 0, 0), types, _problems);
    }

    /// <exception cref="PromptSetException">The set must not be stored.</exception>
    public void RequireTakeable(SetPreview preview)
    {
        if (!preview.IsSound && !Request.TakeGoodRows)
        {
            var first = preview.Problems[0];
            throw new PromptSetException(
                Request.Path,
                "rows without problems",
                FormattableString.Invariant($"{preview.Counts.Problems} with one; row {first.Row}, {first.Column}: {first.Message}"),
                "Mend the rows, or take only the good ones (--good-rows).");
        }
    }

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
        return _name;
    }

    public void Dispose()
    {
        _file.Dispose();
        _writer.Dispose();
        File.Delete(Unfinished);
    }

    private void Note(RowError problem)
    {
        _problemCount++;
        if (_problems.Count < Shown)
        {
            _problems.Add(problem);
        }
    }
}
