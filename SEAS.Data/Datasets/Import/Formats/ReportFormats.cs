using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using static SEAS.Data.Contracts.DatasetPurpose;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>What programs that measure models keep: promptfoo's tests and results, the samples of Inspect's logs.</summary>
internal static class ReportFormats
{
    /// <summary>promptfoo's tests.</summary>
    public static DatasetFormat Tests { get; } = new("promptfoo tests", "promptfoo", [Seeds, Evaluation], ["vars"])
    {
        Forbidden = ["response", "success"],
        Fits = record => record.Json("vars").ValueKind == JsonValueKind.Object,
        Consumed = ["vars", "metadata", "assert"],
        Shape = (record, row, _) => [PromptfooRows.Test(record, row)],
    };

    public static IReadOnlyList<DatasetFormat> All { get; } =
    [
        Tests,
        new("promptfoo results", "promptfoo", [DatasetPurpose.Labels, Seeds, Evaluation], ["vars", "success"])
        {
            Fits = record => record.Json("vars").ValueKind == JsonValueKind.Object && Truths.MayBe(record, "success"),
            Mapping = DatasetFormat.Map((RowFields.Id, "id")),
            Consumed = ["vars", "metadata", "testCase", "prompt", "response", "success", "gradingResult", "namedScores", "tokenUsage"],
            Shape = PromptfooRows.Result,
        },
        new("Inspect log", "Inspect", [DatasetPurpose.Labels, Seeds, Evaluation], ["input", "output", "epoch"])
        {
            Fits = record => record.Json("output").ValueKind is JsonValueKind.Object or JsonValueKind.Null,
            Mapping = DatasetFormat.Map((RowFields.Id, "id")),
            Consumed = ["input", "output", "messages", "store", "events", "attachments", "model_usage", "metadata"],
            Shape = InspectRows.Sample,
        },
    ];
}
