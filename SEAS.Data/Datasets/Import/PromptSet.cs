using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import;

/// <summary>The prompts of a file, and the rows that could not be read.</summary>
/// <param name="Format">What the file is, for example <c>AdvBench CSV</c>.</param>
/// <param name="Prompts">In the order of the file; at least one.</param>
/// <param name="Errors">Rows that were left out, each with its reason.</param>
public sealed record PromptSet(string Format, IReadOnlyList<ImportedPrompt> Prompts, IReadOnlyList<RowError> Errors)
{
    /// <summary>Why the file was taken for this format.</summary>
    public required string Reason { get; init; }
}

/// <summary>One prompt of a file.</summary>
/// <param name="Prompt">Its text, without white space around it; never empty.</param>
/// <param name="Category">A SEAS label, another set's own category written like one, or <c>Uncategorized</c>.</param>
/// <param name="Source">Where the set says that the prompt comes from; else the set's name.</param>
/// <param name="Row">
/// The row as a spreadsheet counts it: the header is row 1, and a cell of several lines is still one row. In files without a header,
/// the line.
/// </param>
public sealed record ImportedPrompt(string Prompt, string Category, string Source, int Row)
{
    /// <summary>Whether the set itself calls the prompt safe to answer (XSTest); null where it does not say.</summary>
    public bool? IsSafe { get; init; }
}
