using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>All known formats, and which of them a file's first records are of.</summary>
internal static class FormatCatalog
{
    // From how many records on most of them may speak for all.
    private const int Enough = 3;

    public static IReadOnlyList<DatasetFormat> All { get; } =
        [.. GarakFormats.All, .. TrainingFormats.All, .. MessageFormats.All, .. ReportFormats.All, .. SafetyFormats.All, .. RedTeamFormats.All];

    /// <summary>The format of which a file's first records are; null if there is none, or if two are equally likely.</summary>
    /// <remarks>
    /// The one that asks for the most columns is the narrowest. Records that say nothing are passed over before. One that is of no format
    /// among several that are of one does not decide: it is named when the rows are read.
    /// </remarks>
    public static DatasetFormat? Of(IReadOnlyList<SourceRecord> first)
    {
        if (first.Count == 0)
        {
            return null;
        }

        return Narrowest([.. All.Where(format => first.All(format.IsOf))])
            ?? (first.Count < Enough ? null : Narrowest([.. All.Where(format => IsOfMost(format, first))]));
    }

    /// <summary>The format that asks for more columns than every other one; null if there is none.</summary>
    public static DatasetFormat? Narrowest(IReadOnlyList<DatasetFormat> formats)
    {
        var most = formats.Count == 0 ? 0 : formats.Max(Certainty);
        return formats.Where(format => Certainty(format) == most).Take(2).ToList() is [var only] ? only : null;
    }

    private static int Certainty(DatasetFormat format) => format.Signature.Count;

    // The others are of no format at all.
    private static bool IsOfMost(DatasetFormat format, IReadOnlyList<SourceRecord> first)
    {
        var others = first.Where(record => !format.IsOf(record)).ToList();
        return 2 * others.Count < first.Count && others.TrueForAll(record => !All.Any(other => other.IsOf(record)));
    }
}
