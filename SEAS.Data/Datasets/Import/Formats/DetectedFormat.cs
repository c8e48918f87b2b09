using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>What a file is, and why.</summary>
/// <param name="Records">How its records follow each other.</param>
/// <param name="Format">What they are.</param>
/// <param name="Name">What a person calls both.</param>
/// <param name="Reason">Why it was taken for that.</param>
/// <param name="Columns">The columns of its first records.</param>
internal sealed record DetectedFormat(
    IRecordSource Records, DatasetFormat Format, string Name, string Reason, IReadOnlyList<string> Columns);
