using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>The samples of Inspect's logs: what was asked, what the model answered, what the scorers said.</summary>
internal static class InspectRows
{
    /// <summary>One sample. The label is the scorer's own word: C, I, a number; with several scorers each by its name.</summary>
    public static IEnumerable<ImportedRow> Sample(SourceRecord record, ImportedRow row, DatasetPurpose? purpose)
    {
        var input = record.Json("input");
        row = Conversation.Is(input)
            ? Conversation.Fill(row, Conversation.Turns(input, "input"), "input")
            : row with { Prompt = record.Needed("input") };
        row = row with { Category = Type(record.Json("metadata")) };
        if (purpose is not (null or DatasetPurpose.Labels))
        {
            return [row];
        }

        var answer = Answer(record.Json("output"));
        var label = Label(record.Json("scores"));
        return
        [
            row with
            {
                Answer = answer,
                Label = label,
                LeftOutAs = purpose is null ? null : answer is null ? "samples without an answer"
                    : label is null ? "answers that nobody judged" : null,
            },
        ];
    }

    private static string? Answer(JsonElement output)
    {
        if (output.ValueKind != JsonValueKind.Object || !output.TryGetProperty("choices", out var choices)
            || choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0
            || choices[0].ValueKind != JsonValueKind.Object || !choices[0].TryGetProperty("message", out var message))
        {
            return null;
        }

        return Conversation.Turns(message, "output") is [{ Role: "assistant" } said]
            ? said.Content
            : throw new RowFault("output", "expected a message of the assistant, found another one");
    }

    private static string? Label(JsonElement scores)
    {
        var values = scores.ValueKind != JsonValueKind.Object ? [] : scores.EnumerateObject()
            .Select(score => (score.Name, Value: Value(score.Value))).Where(score => score.Value is not null).ToList();
        return values switch
        {
            [] => null,
            [var only] => only.Value,
            _ => string.Join("; ", values.Select(score => $"{score.Name}: {score.Value}")),
        };
    }

    private static string? Value(JsonElement score) =>
        score.ValueKind == JsonValueKind.Object && score.TryGetProperty("value", out var value)
            ? JsonSourceRecord.Written(value, "scores") : null;

    private static string? Type(JsonElement metadata) =>
        metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("category", out var type)
        && type.ValueKind == JsonValueKind.String ? JsonSourceRecord.Written(type, "metadata")?.Trim() : null;
}
