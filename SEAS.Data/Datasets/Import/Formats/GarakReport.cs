using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Text;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>The attempts of one garak report, judged by the threshold that the report itself was made with, or by another one.</summary>
/// <param name="wanted">The threshold that a person wants; null: the report's own.</param>
internal sealed class GarakReport(double? wanted)
{
    private const string ThresholdColumn = "run.eval_threshold";

    // As garak takes it where nothing else is said.
    private double _threshold = 0.5;

    /// <summary>The rows of a line: none for the lines that are no attempts.</summary>
    /// <remarks>Each attempt is written when it begins and again when it is judged (status 2): the second one has the answers.</remarks>
    public IEnumerable<ImportedRow> Rows(SourceRecord record, ImportedRow row, DatasetPurpose? purpose)
    {
        var type = record.Text("entry_type");
        if (type == "start_run setup")
        {
            _threshold = Threshold(record);
        }

        if (type != "attempt" || record.Text("status") is not (null or "2"))
        {
            return [];
        }

        var asked = row with { Prompt = GarakFormats.Said(record, "prompt", "user") };
        if (purpose != DatasetPurpose.Labels)
        {
            return [asked];
        }

        var outputs = record.Json("outputs");
        if (outputs.ValueKind != JsonValueKind.Array)
        {
            throw new RowFault("outputs", $"expected a list of answers, found {JsonSourceRecord.Kind(outputs)}");
        }

        return outputs.EnumerateArray().Select((output, at) => Judged(asked, output, record.Json("detector_results"), at)).ToList();
    }

    private ImportedRow Judged(ImportedRow asked, JsonElement output, JsonElement results, int at)
    {
        if (IsNothing(output))
        {
            return asked with { LeftOutAs = "outputs that are null, as the generator failed" };
        }

        var label = Label(results, at);
        return asked with
        {
            Answer = GarakFormats.Text(output, "outputs", "assistant"),
            Label = label,
            LeftOutAs = label is null && Scores(results, at).Any() ? "outputs whose scores are all null" : null,
        };
    }

    // A generator that failed leaves a null, or a message with nothing in it.
    private static bool IsNothing(JsonElement output) => output.ValueKind == JsonValueKind.Null
        || (output.ValueKind == JsonValueKind.Object && output.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.Null);

    private static IEnumerable<JsonElement> Scores(JsonElement results, int answer) => results.ValueKind != JsonValueKind.Object ? []
        : results.EnumerateObject()
            .Where(detector => detector.Value.ValueKind == JsonValueKind.Array && detector.Value.GetArrayLength() > answer)
            .Select(detector => detector.Value[answer]);

    // A hit is a score of at least the threshold, by any detector.
    private string? Label(JsonElement results, int answer)
    {
        var scores = Scores(results, answer)
            .Where(score => score.ValueKind == JsonValueKind.Number)
            .Select(score => score.GetDouble())
            .ToList();
        return scores.Count == 0 ? null : scores.Exists(score => score >= (wanted ?? _threshold)) ? "unsafe" : "safe";
    }

    private double Threshold(SourceRecord record) => record.Json(ThresholdColumn) switch
    {
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => _threshold,
        { ValueKind: JsonValueKind.Number } value when value.GetDouble() is >= 0 and <= 1 and var threshold => threshold,
        var other => throw new RowFault(ThresholdColumn, "expected a number from 0 to 1, found "
            + Shown.Shortly(JsonSourceRecord.Written(other, ThresholdColumn) ?? "")),
    };
}
