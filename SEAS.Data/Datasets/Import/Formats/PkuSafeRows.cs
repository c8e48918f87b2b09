using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>PKU-SafeRLHF: two answers to a prompt, each called safe or not, and which of them is the safer one.</summary>
internal static class PkuSafeRows
{
    /// <summary>The pair, the safer answer preferred; or, as labels, each answer with what is said of it.</summary>
    public static IEnumerable<ImportedRow> Read(SourceRecord record, ImportedRow row, DatasetPurpose? purpose)
    {
        string[] answers = [record.Answer("response_0"), record.Answer("response_1")];
        bool[] safe = [Truths.Needed(record, "is_response_0_safe"), Truths.Needed(record, "is_response_1_safe")];
        if (purpose == DatasetPurpose.Labels)
        {
            return answers.Select((answer, at) => row with
            {
                Answer = answer,
                Label = safe[at] ? "safe" : "unsafe",
                Category = Harm(record, $"response_{at}_harm_category"),
            });
        }

        var better = Number(record, "safer_response_id") ?? Number(record, "better_response_id")
            ?? throw new RowFault("safer_response_id", "expected 0 or 1, found nothing");
        return
        [
            row with
            {
                Category = Harm(record, "response_0_harm_category") ?? Harm(record, "response_1_harm_category"),
                Chosen = answers[better],
                Rejected = answers[1 - better],
            },
        ];
    }

    private static int? Number(SourceRecord record, string column) => record.Text(column)?.Trim() switch
    {
        null => null,
        "0" => 0,
        "1" => 1,
        var found => throw new RowFault(column, $"expected 0 or 1, found '{Shown.Shortly(found)}'"),
    };

    private static string? Harm(SourceRecord record, string column) => CategoryCell.Read(record, column).FirstOrDefault();
}
