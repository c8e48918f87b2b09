using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>All known formats, the narrower before the wider.</summary>
internal static class FormatCatalog
{
    public static IReadOnlyList<DatasetFormat> All { get; } = [.. GarakFormats.All, .. TrainingFormats.All, .. RedTeamFormats.All];

    /// <summary>The format of which all of a file's first records are; null if there is none.</summary>
    public static DatasetFormat? Of(IReadOnlyList<SourceRecord> first) =>
        first.Count == 0 ? null : All.FirstOrDefault(format => first.All(format.IsOf));
}
