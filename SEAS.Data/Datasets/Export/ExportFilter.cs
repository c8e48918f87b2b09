using System.Text.Json.Serialization;

namespace SEAS.Data.Datasets.Export;

/// <summary>Which rows are exported. It is written into the export's manifest.</summary>
/// <param name="OnlyConfirmed">Only what people have said something of: answers with a label of their own, pairs whose every verdict is
/// a person's.</param>
/// <param name="Types">Only prompts of these SEAS types and what hangs on them; empty takes all.</param>
public sealed record ExportFilter(bool OnlyConfirmed, IReadOnlyList<string> Types)
{
    /// <summary>Every row.</summary>
    public static ExportFilter None { get; } = new(OnlyConfirmed: false, []);

    /// <summary>Whether every row passes.</summary>
    [JsonIgnore]
    public bool IsNone => !OnlyConfirmed && Types.Count == 0;
}
