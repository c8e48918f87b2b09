using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Data.Datasets.Import.Staging;

/// <summary>What a row must have to serve a purpose.</summary>
internal static class PurposeRules
{
    /// <summary>The row as the purpose wants it.</summary>
    /// <exception cref="RowFault">It has not what the purpose needs.</exception>
    public static ImportedRow Fit(DatasetPurpose purpose, ImportedRow row)
    {
        switch (purpose)
        {
            case DatasetPurpose.Instructions:
                return string.IsNullOrWhiteSpace(row.Answer ?? row.Chosen)
                    ? throw new RowFault(RowFields.Answer, "expected an answer to learn, found nothing")
                    : row with { Answer = row.Answer ?? row.Chosen };
            case DatasetPurpose.Preferences:
                Need(row.Chosen, RowFields.Chosen, "a preferred answer");
                Need(row.Rejected, RowFields.Rejected, "an answer that is not preferred");
                return row.Chosen == row.Rejected
                    ? throw new RowFault(RowFields.Rejected, "expected two answers that differ, found the same one twice")
                    : row;
            case DatasetPurpose.Labels:
                Need(row.Answer, RowFields.Answer, "the answer that was judged");
                Need(row.Label, RowFields.Label, "what is said of the answer");
                return row;
            case DatasetPurpose.Seeds or DatasetPurpose.Evaluation:
                return row;
            default:
                throw new ArgumentOutOfRangeException(nameof(purpose), purpose, "A purpose that nothing is known of.");
        }
    }

    private static void Need(string? text, string field, string what)
    {
        if (text is null)
        {
            throw new RowFault(field, $"expected {what}, found nothing");
        }
    }
}
