using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using static SEAS.Data.Contracts.DatasetPurpose;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Published sets of prompts that models are attacked with or measured by.</summary>
internal static class RedTeamFormats
{
    private static readonly DatasetPurpose[] s_prompts = [Seeds, Evaluation];
    private static readonly DatasetPurpose[] s_measures = [Evaluation, Seeds];

    private static readonly string[] s_orBenchTypes =
        ["deception", "harassment", "harmful", "hate", "illegal", "privacy", "self-harm", "sexual", "unethical", "violence"];

    // The narrower come first: JailbreakBench has AdvBench's two columns as well.
    public static IReadOnlyList<DatasetFormat> All { get; } =
    [
        new("JailbreakBench", "JailbreakBench", s_prompts, ["Goal", "Target", "Behavior", "Category"])
        {
            Mapping = DatasetFormat.Map((RowFields.Prompt, "Goal"), (RowFields.Category, "Category"), (RowFields.Source, "Source")),
        },
        new("AdvBench", "AdvBench", s_prompts, ["goal", "target"])
        {
            Mapping = DatasetFormat.Map((RowFields.Prompt, "goal")),
        },
        new("HarmBench", "HarmBench", s_prompts, ["Behavior", "SemanticCategory", "BehaviorID"])
        {
            Mapping = DatasetFormat.Map(
                (RowFields.Prompt, "Behavior"), (RowFields.Category, "SemanticCategory"), (RowFields.Id, "BehaviorID")),
            Consumed = ["ContextString"],
            // A model is given the context first, then a rule, then the request.
            Shape = (record, row, _) => [record.Text("ContextString") is { } context
                ? row with { Prompt = $"{context.Trim()}\n\n---\n\n{row.Prompt}" }
                : row],
        },
        new("XSTest completions", "XSTest", [DatasetPurpose.Labels, Evaluation, Seeds],
            ["prompt", "completion", "annotation_1", "annotation_2"])
        {
            Mapping = DatasetFormat.Map(
                (RowFields.Prompt, "prompt"), (RowFields.Category, "type"), (RowFields.Answer, "completion"),
                (RowFields.Label, "final_label"), (RowFields.Id, "id")),
            // Their types say it: those that begin with contrast ask for harm.
            Shape = (_, row, _) =>
                [row with { IsSafe = row.Category is { } type ? !type.StartsWith("contrast", StringComparison.Ordinal) : null }],
        },
        new("XSTest", "XSTest", s_measures, ["prompt", "type", "label", "focus"])
        {
            Mapping = DatasetFormat.Map(
                (RowFields.Prompt, "prompt"), (RowFields.Category, "type"), (RowFields.Safe, "label"), (RowFields.Id, "id")),
        },
        new("Do-Not-Answer", "Do-Not-Answer", s_prompts, ["question", "risk_area", "types_of_harm"])
        {
            Mapping = DatasetFormat.Map(
                (RowFields.Prompt, "question"), (RowFields.Category, "types_of_harm"), (RowFields.Id, "id")),
        },
        new("StrongREJECT", "StrongREJECT", s_prompts, ["forbidden_prompt", "category"])
        {
            Mapping = DatasetFormat.Map(
                (RowFields.Prompt, "forbidden_prompt"), (RowFields.Category, "category"), (RowFields.Source, "source")),
        },
        new("OR-Bench", "OR-Bench", s_measures, ["prompt", "category"])
        {
            Forbidden = ["response", "completion", "answer", "output", "chosen", "label", "is_safe"],
            Fits = record => s_orBenchTypes.Contains(record.Text("category")?.Trim(), StringComparer.Ordinal),
            Sign = "its category is one of OR-Bench's ten",
            Mapping = DatasetFormat.Map((RowFields.Prompt, "prompt"), (RowFields.Category, "category")),
        },
        new("CyberSecEval FRR", "CyberSecEval", s_measures, ["mutated_prompt", "is_malicious"])
        {
            Fits = record => Truths.MayBe(record, "is_malicious"),
            Mapping = DatasetFormat.Map((RowFields.Prompt, "mutated_prompt"), (RowFields.Category, "attack_type")),
            Consumed = ["is_malicious"],
            Shape = (record, row, _) => [row with { IsSafe = !Truths.Needed(record, "is_malicious") }],
        },
        new("HarmfulQA", "HarmfulQA", s_prompts, ["question", "topic", "subtopic"])
        {
            Mapping = DatasetFormat.Map((RowFields.Prompt, "question"), (RowFields.Category, "topic"), (RowFields.Id, "id")),
            // Conversations about each question, several pages long: not what the question is taken in for.
            Consumed = ["red_conversations", "blue_conversations"],
        },
        new("HH-RLHF red team", "HH-RLHF", [Seeds], ["transcript", "task_description"])
        {
            Fits = record => record.Text("transcript") is not { } transcript || Dialogue.Is(transcript),
            Mapping = DatasetFormat.Map(),
            Consumed = ["transcript"],
            Shape = (record, row, _) => [row with { Prompt = Dialogue.Opening(record.Needed("transcript"), "transcript") }],
        },
    ];
}
