namespace SEAS.Data.Export;

/// <summary>The files of each format.</summary>
internal static class FormatEntries
{
    public static IReadOnlyList<ExportEntry> Of(ExportFormat format) => format switch
    {
        ExportFormat.JsonLines => [.. FrozenLinesFormat.Entries()],
        _ => throw new DatasetException($"The format {ExportFormats.Name(format)} is not written yet."),
    };
}
