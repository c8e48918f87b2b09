using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using static SEAS.Data.Contracts.DatasetPurpose;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>What trainers read: preferences, instructions, conversations.</summary>
internal static class TrainingFormats
{
    // The narrower come first.
    public static IReadOnlyList<DatasetFormat> All { get; } =
    [
        new("PKU-SafeRLHF", "PKU-SafeRLHF", [Preferences, DatasetPurpose.Labels, Seeds],
            ["prompt", "response_0", "response_1", "is_response_0_safe", "is_response_1_safe"])
        {
            Mapping = DatasetFormat.Map((RowFields.Prompt, "prompt"), (RowFields.Source, "prompt_source")),
            Consumed = ["response_0", "response_1", "is_response_0_safe", "is_response_1_safe"],
            Shape = (record, row, purpose) => PkuSafeRows.Read(record, row, purpose),
        },
        new("LLaMA-Factory ranking (sharegpt)", "LLaMA-Factory", [Preferences, Instructions, Seeds],
            ["conversations", "chosen", "rejected"])
        {
            Mapping = DatasetFormat.Map((RowFields.System, "system"), (RowFields.Id, "id")),
            Consumed = ["conversations", "chosen", "rejected"],
            Shape = (record, row, _) => [PreferenceShapes.Ranking(record, row)],
        },
        new("LLaMA-Factory ranking (alpaca)", "LLaMA-Factory", [Preferences, Instructions, Seeds], ["instruction", "chosen", "rejected"])
        {
            Mapping = DatasetFormat.Map(
                (RowFields.Prompt, "instruction"), (RowFields.Answer, "output"), (RowFields.Chosen, "chosen"),
                (RowFields.Rejected, "rejected"), (RowFields.System, "system"), (RowFields.Id, "id")),
            Consumed = ["input", "history"],
            Shape = (record, row, _) => [InstructionShapes.Alpaca(record, row)],
        },
        new("KTO (TRL)", "KTO", [DatasetPurpose.Labels, Seeds], ["prompt", "completion", "label"])
        {
            Fits = record => Truths.MayBe(record, "label"),
            Mapping = DatasetFormat.Map((RowFields.Label, "label"), (RowFields.Id, "id")),
            Consumed = ["prompt", "completion"],
            Shape = (record, row, _) => [InstructionShapes.PromptCompletion(record, row)],
        },
        new("HH-RLHF", "HH-RLHF", [Preferences, Instructions, Seeds], ["chosen", "rejected"])
        {
            Fits = record => !record.Has("prompt") && Dialogue.Is(record.Text("chosen")),
            Sign = "'chosen' is a dialogue of Human and Assistant",
            Consumed = ["chosen", "rejected"],
            Shape = (record, row, _) => [PreferenceShapes.Trl(record, row)],
        },
        new("TRL preference", "TRL", [Preferences, Instructions, Seeds], ["chosen", "rejected"])
        {
            Fits = record => record.Has("prompt") || !Dialogue.Is(record.Text("chosen")),
            Mapping = DatasetFormat.Map((RowFields.Category, "category"), (RowFields.Id, "id")),
            Consumed = ["prompt", "chosen", "rejected"],
            Shape = (record, row, _) => [PreferenceShapes.Trl(record, row)],
        },
        new("Self-instruct tasks", "Self-Instruct", [Instructions, Seeds], ["instruction", "instances"])
        {
            Mapping = DatasetFormat.Map((RowFields.Prompt, "instruction"), (RowFields.Id, "id")),
            Consumed = ["instances"],
            Shape = (record, row, _) => InstructionShapes.Tasks(record, row),
        },
        new("Dolly", "Dolly", [Instructions, Seeds], ["instruction", "context", "response"])
        {
            Mapping = DatasetFormat.Map(
                (RowFields.Prompt, "instruction"), (RowFields.Category, "category"), (RowFields.Answer, "response")),
            Consumed = ["context"],
            Shape = (record, row, _) => [InstructionShapes.WithInput(record, row, "context")],
        },
        new("Alpaca", "Alpaca", [Instructions, Seeds], ["instruction", "output"])
        {
            Forbidden = ["kto_tag", "chosen", "rejected", "instances"],
            Fits = record => !MessageFormats.HasLabel(record),
            Mapping = DatasetFormat.Map(
                (RowFields.Prompt, "instruction"), (RowFields.Answer, "output"), (RowFields.System, "system"), (RowFields.Id, "id")),
            Consumed = ["input", "history"],
            Shape = (record, row, _) => [InstructionShapes.Alpaca(record, row)],
        },
        new("ShareGPT", "ShareGPT", [Instructions, Seeds], ["conversations"])
        {
            Forbidden = ["kto_tag", "chosen", "rejected"],
            Fits = record => Conversation.MayBe(record, "conversations") && !MessageFormats.HasLabel(record),
            Mapping = DatasetFormat.Map((RowFields.System, "system"), (RowFields.Id, "id")),
            Consumed = ["conversations"],
            Shape = (record, row, _) => [InstructionShapes.Chat(record, row, "conversations")],
        },
        new("OpenAI messages", "OpenAI", [Instructions, Seeds], ["messages"])
        {
            Forbidden = ["kto_tag", "chosen", "rejected"],
            Fits = record => Conversation.MayBe(record, "messages") && !MessageFormats.HasLabel(record)
                && !MessageFormats.HasValueParts(record.Messages("messages")),
            Mapping = DatasetFormat.Map((RowFields.Id, "id")),
            Consumed = ["messages"],
            Shape = (record, row, _) => [InstructionShapes.Chat(record, row, "messages")],
        },
        new("Prompt and completion", "Prompt and completion", [Instructions, Seeds], ["prompt", "completion"])
        {
            // XSTest's, which people have judged; and what else has a label is no plain instruction.
            Forbidden = ["annotation_1", "label", "chosen", "rejected"],
            Mapping = DatasetFormat.Map((RowFields.Category, "category"), (RowFields.Id, "id")),
            Consumed = ["prompt", "completion"],
            Shape = (record, row, _) => [InstructionShapes.PromptCompletion(record, row)],
        },
    ];
}
