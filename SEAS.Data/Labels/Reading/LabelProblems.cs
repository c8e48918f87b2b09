using SEAS.Data.Import;

namespace SEAS.Data.Labels;

/// <summary>Collects what is wrong with a file: the first hundred are kept, all are counted.</summary>
internal sealed class LabelProblems
{
    private const int Kept = 100;

    private readonly List<RowError> _first = [];

    public IReadOnlyList<RowError> First => _first;

    public int Count { get; private set; }

    public void Add(int row, string column, string message)
    {
        Count++;
        if (_first.Count < Kept)
        {
            _first.Add(new RowError(row, column, message));
        }
    }
}
