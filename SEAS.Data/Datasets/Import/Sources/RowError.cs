namespace SEAS.Data.Datasets.Import.Sources;

/// <summary>A row that was left out.</summary>
/// <param name="Row">The row as a spreadsheet counts it; in files without a header, the line.</param>
/// <param name="Column">The column or field at fault; empty if it is the row as a whole.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record RowError(int Row, string Column, string Message);
