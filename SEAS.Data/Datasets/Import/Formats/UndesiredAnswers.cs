using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Marks by which files say that an answer is none to learn from, whatever their format.</summary>
internal static class UndesiredAnswers
{
    // Where these are false, or one of the words, the answer is a bad one.
    private static readonly string[] s_goodIfTrue =
    [
        "label", "kto_tag", "human_label", "final_label", "desirable", "is_desirable", "is_good", "is_safe", "is_response_safe",
        "response_label", "is_chosen", "accepted", "approved",
    ];

    private static readonly string[] s_badIfTrue =
        ["is_unsafe", "unsafe", "is_harmful", "harmful", "is_toxic", "response_harm_label", "is_rejected", "undesirable"];

    private static readonly string[] s_false = ["false", "0", "0.0", "no", "-1"];
    private static readonly string[] s_true = ["true", "1", "1.0", "yes"];

    private static readonly string[] s_words =
    [
        "unsafe", "harmful", "bad", "undesired", "undesirable", "rejected", "toxic", "negative", "dislike", "thumbs_down", "thumbs down",
        "fail", "failed",
    ];

    /// <summary>Refuses a row as a lesson where the file marks its answer as undesired.</summary>
    /// <exception cref="RowFault">It does.</exception>
    public static void Refuse(SourceRecord record)
    {
        foreach (var column in s_goodIfTrue.Where(column => Says(record, column, s_false)).Concat(
            s_badIfTrue.Where(column => Says(record, column, s_true))))
        {
            throw new RowFault(
                column, $"expected an answer to learn, found one that the file marks as undesired ('{column}' is {record.Text(column)})");
        }
    }

    private static bool Says(SourceRecord record, string column, string[] values) =>
        record.Has(column) && record.Text(column)?.Trim().ToLowerInvariant() is { } said
        && (values.Contains(said, StringComparer.Ordinal) || s_words.Contains(said, StringComparer.Ordinal));
}
