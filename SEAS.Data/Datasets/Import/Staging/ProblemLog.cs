using System.Text.Json;
using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>Counts problems, keeps the first and writes all of them into a file, one JSON object a line.</summary>
internal sealed class ProblemLog(string? path) : IDisposable
{
    /// <summary>How many are kept.</summary>
    public const int Kept = 100;

    private readonly StreamWriter? _file = path is null ? null : new StreamWriter(path);
    private readonly List<RowError> _first = [];

    public IReadOnlyList<RowError> First => _first;

    public long Count { get; private set; }

    public void Add(int row, string column, string message) => Add(new RowError(row, column, message));

    public void Add(RowError problem)
    {
        Count++;
        if (_first.Count < Kept)
        {
            _first.Add(problem);
        }

        _file?.WriteLine(JsonSerializer.Serialize(problem, RowJson.Options));
    }

    public void Dispose() => _file?.Dispose();
}
