using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using static SEAS.Data.Contracts.DatasetPurpose;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Conversations with something beside them: labels, parts with weights, two answers.</summary>
internal static class MessageFormats
{
    public static IReadOnlyList<DatasetFormat> All { get; } =
    [
        .. Unpaired("kto_tag"),
        .. Unpaired("label"),
        new("LLaMA-Factory v1", "LLaMA-Factory", [Instructions, Seeds], ["messages"])
        {
            Forbidden = ["kto_tag"],
            Fits = record => HasValueParts(record.Messages("messages")) && !HasLabel(record),
            Sign = "the messages have parts with 'type' and 'value'",
            Mapping = DatasetFormat.Map((RowFields.Id, "id")),
            Consumed = ["messages"],
            Shape = (record, row, _) => [InstructionShapes.Chat(record, row, "messages")],
        },
        new("LLaMA-Factory v1 preference", "LLaMA-Factory", [Preferences, Instructions, Seeds], ["chosen_messages", "rejected_messages"])
        {
            Fits = record => Conversation.MayBe(record, "chosen_messages") && Conversation.MayBe(record, "rejected_messages"),
            Mapping = DatasetFormat.Map((RowFields.Id, "id")),
            Consumed = ["chosen_messages", "rejected_messages"],
            Shape = (record, row, _) =>
            [
                PreferenceShapes.Joined(
                    row, Conversation.Turns(record.Messages("chosen_messages"), "chosen_messages"),
                    Conversation.Turns(record.Messages("rejected_messages"), "rejected_messages"),
                    "the same messages before the last answer", "rejected_messages"),
            ],
        },
        new("OpenAI preference", "OpenAI", [Preferences, Instructions, Seeds], ["input", "preferred_output", "non_preferred_output"])
        {
            Mapping = DatasetFormat.Map((RowFields.Id, "id")),
            Consumed = ["input", "preferred_output", "non_preferred_output"],
            Shape = (record, row, _) => [PreferenceShapes.OpenAi(record, row)],
        },
    ];

    /// <summary>Whether a record has a label that is true or false.</summary>
    public static bool HasLabel(SourceRecord record) =>
        record.Has("label") && record.Text("label") is not null && Truths.MayBe(record, "label");

    /// <summary>Whether messages have parts as LLaMA-Factory's newer rows have.</summary>
    public static bool HasValueParts(JsonElement messages) =>
        Conversation.Is(messages) && messages.EnumerateArray().Any(message => message.ValueKind == JsonValueKind.Object
            && message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array
            && content.EnumerateArray().Any(part => part.ValueKind == JsonValueKind.Object && part.TryGetProperty("value", out _)));

    // LLaMA-Factory's documentation names the label 'kto_tag', the rows that it publishes 'label'.
    private static IEnumerable<DatasetFormat> Unpaired(string label) => ((string[])["messages", "conversations", "instruction"]).Select(asked =>
        new DatasetFormat("KTO (LLaMA-Factory)", "KTO", [DatasetPurpose.Labels, Seeds], [asked, label])
        {
            Forbidden = ["chosen", "rejected", .. label == "label" ? (string[])["kto_tag", "completion"] : []],
            Fits = record => Truths.MayBe(record, label) && (asked == "instruction" ? record.Has("output") : Conversation.MayBe(record, asked)),
            Mapping = DatasetFormat.Map((RowFields.Label, label), (RowFields.Id, "id")),
            Consumed = ["messages", "conversations", "instruction", "input", "output", "history", "system"],
            Shape = (record, row, _) => [InstructionShapes.Any(record, row)],
        });
}
