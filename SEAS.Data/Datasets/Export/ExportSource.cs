using System.Text.Json;
using SEAS.Data.Datasets.Frozen;
using SEAS.Data.Review.Files;

namespace SEAS.Data.Datasets.Export;

/// <summary>The frozen rows of one round as a filter lets them through.</summary>
/// <param name="version">The round.</param>
/// <param name="filter">The filter.</param>
/// <param name="cancellation">Looked at between rows.</param>
internal sealed class ExportSource(FrozenVersion version, ExportFilter filter, CancellationToken cancellation)
{
    private readonly HashSet<string> _types = new(filter.Types, StringComparer.Ordinal);

    public FrozenVersion Version => version;

    public CancellationToken Cancellation => cancellation;

    /// <summary>Whether a file is exported as it is.</summary>
    public bool IsWhole(string file) => filter.IsNone || file is FrozenFiles.Metrics or FrozenFiles.Evaluation or FrozenFiles.SetAnswers;

    /// <summary>The rows of a frozen file that pass. A row is good until the next one is asked for.</summary>
    /// <exception cref="DatasetException">The file is not what was frozen.</exception>
    public IEnumerable<JsonElement> Rows(string file)
    {
        foreach (var row in FrozenLines.Read(version.PathOf(file)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (IsWhole(file) || Passes(file, row))
            {
                yield return row;
            }
        }
    }

    /// <summary>Metrics and what was measured are the round's, whatever is taken of its rows; general rows, steps and the ledger are of
    /// no type and nobody's label.</summary>
    private bool Passes(string file, JsonElement row) => file switch
    {
        FrozenFiles.General or FrozenFiles.Steps or FrozenFiles.Ledger => false,
        FrozenFiles.Labels or FrozenFiles.Decisions => IsOfType(row, "type"),
        _ => IsOfType(row, LabelColumns.Category)
            && (!filter.OnlyConfirmed || (row.TryGetProperty("confirmed", out var confirmed) && confirmed.ValueKind == JsonValueKind.True)),
    };

    private bool IsOfType(JsonElement row, string column) =>
        _types.Count == 0 || (row.TryGetProperty(column, out var type) && type.GetString() is { } name && _types.Contains(name));
}
