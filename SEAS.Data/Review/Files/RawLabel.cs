namespace SEAS.Data.Review.Files;

/// <summary>What a file says in one place about one item by one person: texts by column, blank ones left out.</summary>
/// <param name="Row">A table's row as a spreadsheet counts it, the line of a JSON Lines file, or the element of an array, from 1.</param>
/// <param name="Cells">The texts.</param>
internal sealed record RawLabel(int Row, IReadOnlyDictionary<string, string> Cells)
{
    /// <summary>Whether the file keeps all that a person ever said of an item, in its order: then the later counts.</summary>
    public bool IsHistory { get; init; }

    /// <summary>The text of a column, or null.</summary>
    public string? this[string column] => Cells.GetValueOrDefault(column);

    /// <summary>Whether a person said anything.</summary>
    public bool IsLabelled => LabelColumns.Questions.Any(Cells.ContainsKey);
}
