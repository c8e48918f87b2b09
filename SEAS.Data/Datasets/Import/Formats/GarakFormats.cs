using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using static SEAS.Data.Contracts.DatasetPurpose;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>What garak writes: the hits alone, or a whole report.</summary>
internal static class GarakFormats
{
    public static IReadOnlyList<DatasetFormat> All { get; } =
    [
        new("garak report", "garak", [DatasetPurpose.Labels, Seeds], ["entry_type"])
        {
            Mapping = DatasetFormat.Map((RowFields.Id, "uuid"), (RowFields.Category, "probe_classname")),
            Consumed = ["prompt", "outputs", "entry_type", "detector_results", "messages", "conversations", "notes"],
            ShapeOfFile = threshold => new GarakReport(threshold).Rows,
        },
        new("garak hitlog", "garak", [DatasetPurpose.Labels, Seeds], ["prompt", "output", "detector"])
        {
            Mapping = DatasetFormat.Map((RowFields.Id, "attempt_id"), (RowFields.Category, "probe")),
            Consumed = ["prompt", "output"],
            // A row of the hitlog is a hit: the detector found what it looks for. Ours also hold misses, and say so.
            Shape = (record, row, _) =>
            [
                row with
                {
                    Prompt = Said(record, "prompt", "user"),
                    Answer = Said(record, "output", "assistant"),
                    Category = row.Category ?? record.Text("category"),
                    Label = record.Text("human_label") ?? record.Text("label") ?? "unsafe",
                },
            ],
        },
    ];

    internal static string Said(SourceRecord record, string column, string role) =>
        record.Json(column).ValueKind != JsonValueKind.Undefined
            ? Text(record.Json(column), column, role)
            : role == "user" ? record.Needed(column) : record.Answer(column);

    // A text; since version 0.12 a message, or a conversation of turns.
    internal static string Text(JsonElement value, string column, string role)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("turns", out var turns))
        {
            return Conversation.Turns(turns, column).FindLast(turn => turn.Role == role)?.Content
                ?? throw new RowFault(column, $"expected a turn of the {role}, found none");
        }

        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("text", out var text))
        {
            value = text;
        }

        var written = JsonSourceRecord.Written(value, column);
        return written is null || (role == "user" && string.IsNullOrWhiteSpace(written))
            ? throw new RowFault(column, "expected a text, found nothing")
            : written;
    }
}
