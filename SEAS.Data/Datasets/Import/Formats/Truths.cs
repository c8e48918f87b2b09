using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Truths as files write them: true and false, in any case, or 1 and 0.</summary>
internal static class Truths
{
    /// <summary>Whether a column holds a truth, or nothing.</summary>
    public static bool MayBe(SourceRecord record, string column) => record.Text(column) is not { } text || Of(text) is not null;

    /// <summary>The truth of a column.</summary>
    /// <exception cref="RowFault">It holds none.</exception>
    public static bool Needed(SourceRecord record, string column) => Of(record.Text(column) ?? "")
        ?? throw new RowFault(column, $"expected true or false, found '{Shown.Shortly(record.Text(column) ?? "nothing")}'");

    private static bool? Of(string text) => text.Trim().ToLowerInvariant() switch
    {
        "true" or "1" or "1.0" => true,
        "false" or "0" or "0.0" => false,
        _ => null,
    };
}
