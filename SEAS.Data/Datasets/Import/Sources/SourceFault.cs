namespace SEAS.Data.Datasets.Import.Sources;

/// <summary>A file cannot be read on from some place; becomes a <see cref="PromptSetException"/> where the file's name is known.</summary>
internal sealed class SourceFault(string expected, string found, string remedy, Exception? cause = null)
    : Exception($"expected {expected}, found {found}", cause)
{
    public string Expected { get; } = expected;

    public string Found { get; } = found;

    public string Remedy { get; } = remedy;
}
