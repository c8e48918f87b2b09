using SEAS.Data.Datasets.Frozen;

namespace SEAS.Data.Datasets.Export;

/// <summary>One file that an export can hold.</summary>
/// <param name="Name">Its path within the export, with forward slashes.</param>
/// <param name="From">The frozen files that its rows come from; none for a file that is no table.</param>
/// <param name="Write">Writes it.</param>
internal sealed record ExportEntry(string Name, IReadOnlyList<string> From, Action<ExportSource, EntryOutput> Write)
{
    /// <summary>Set for a frozen file that is taken as it is when no filter is set.</summary>
    public string? Frozen { get; init; }

    /// <summary>How many rows it has without a filter, where that is not the sum of <see cref="From"/>.</summary>
    public Func<DatasetManifest, long>? RowsOf { get; init; }

    /// <summary>Not all rows of <see cref="From"/> come into it, so that their sum is only a bound.</summary>
    public bool IsBound { get; init; }

    /// <summary>Writes the first rows for a person to read, where the file itself is no text; null: as the file has them.</summary>
    public Action<ExportSource, EntryOutput>? Sample { get; init; }

    /// <summary>The same file in another folder.</summary>
    public ExportEntry Under(string folder) => this with { Name = $"{folder}/{Name}" };

    /// <summary>Its rows without a filter; an upper bound if <see cref="IsBound"/>.</summary>
    public long MostRows(DatasetManifest manifest) => RowsOf?.Invoke(manifest)
        ?? manifest.Files.Where(file => From.Contains(file.Name, StringComparer.Ordinal)).Sum(file => file.Rows);
}
