namespace SEAS.Web.Live;

/// <summary>Every attacker so far against every target so far.</summary>
public sealed class MatrixView
{
    private readonly Dictionary<(int Red, int Target), CellView> _cells = [];

    private MatrixView(IEnumerable<CellView> cells)
    {
        foreach (var cell in cells)
        {
            _cells[(cell.Red, cell.Target)] = cell;
        }

        Size = _cells.Count == 0 ? 0 : 1 + _cells.Keys.Max(key => Math.Max(key.Red, key.Target));
    }

    /// <summary>Iterations that have at least one cell.</summary>
    public int Size { get; }

    public CellView? this[int red, int target] => _cells.GetValueOrDefault((red, target));

    public static MatrixView Of(RunView view) => new(view.Evaluations.Values.SelectMany(evaluation => evaluation.Cells ?? []));
}
