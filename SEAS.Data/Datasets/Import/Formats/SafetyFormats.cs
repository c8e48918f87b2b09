using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Text;
using static SEAS.Data.Contracts.DatasetPurpose;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Published sets that judge prompts or answers, or sort prompts by several levels.</summary>
internal static class SafetyFormats
{
    private const string First = "1-category", Second = "2-category", Third = "3-category";

    private const string HarmOfPrompt = "prompt_harm_label", HarmOfResponse = "response_harm_label";

    private static readonly DatasetPurpose[] s_prompts = [Seeds, Evaluation];

    public static IReadOnlyList<DatasetFormat> All { get; } =
    [
        new("WildGuardMix", "WildGuardMix", [DatasetPurpose.Labels, Seeds, Evaluation], ["prompt", HarmOfPrompt, HarmOfResponse])
        {
            Fits = record => IsHarm(record, HarmOfPrompt) && IsHarm(record, HarmOfResponse),
            Mapping = DatasetFormat.Map((RowFields.Prompt, "prompt"), (RowFields.Category, "subcategory"), (RowFields.Id, "id")),
            Consumed = ["response", HarmOfPrompt, HarmOfResponse],
            Shape = WildGuard,
        },
        new("BeaverTails", "BeaverTails", [DatasetPurpose.Labels, Seeds], ["prompt", "response", "category", "is_safe"])
        {
            Fits = record => Truths.MayBe(record, "is_safe"),
            Mapping = DatasetFormat.Map((RowFields.Prompt, "prompt"), (RowFields.Category, "category"), (RowFields.Answer, "response")),
            Consumed = ["is_safe"],
            Shape = (record, row, _) => [row with { Label = Truths.Needed(record, "is_safe") ? "safe" : "unsafe" }],
        },
        Salad("SALAD-Bench", "question", "qid"),
        Salad("SALAD-Bench attacks", "augq", "aid"),
        Salad("SALAD-Bench defences", "daugq", "did"),
        new("S-Eval", "S-Eval", s_prompts, ["prompt", "risk_type", "ext"])
        {
            Mapping = DatasetFormat.Map((RowFields.Prompt, "prompt"), (RowFields.Category, "risk_type"), (RowFields.Id, "traceid")),
        },
    ];

    // The three levels of its types: 6, 16 and 66 of them. The middle one is the type; all stay beside the row.
    private static DatasetFormat Salad(string name, string prompt, string id) =>
        new(name, "SALAD-Bench", s_prompts, [prompt, First, Second, Third])
        {
            Mapping = DatasetFormat.Map((RowFields.Prompt, prompt), (RowFields.Category, Second), (RowFields.Id, id)),
        };

    private static IEnumerable<ImportedRow> WildGuard(SourceRecord record, ImportedRow row, DatasetPurpose? purpose)
    {
        var isHarmful = Harm(record, HarmOfPrompt);
        row = row with { IsSafe = isHarmful is { } harm ? !harm : null };
        if (purpose is not (null or DatasetPurpose.Labels))
        {
            return [row];
        }

        var answer = record.Said("response");
        var isUnsafe = Harm(record, HarmOfResponse);
        return
        [
            row with
            {
                Answer = answer,
                Label = isUnsafe switch { true => "unsafe", false => "safe", null => null },
                LeftOutAs = purpose is null ? null : answer is null ? "prompts without an answer"
                    : isUnsafe is null ? "answers that nobody judged" : null,
            },
        ];
    }

    private static bool IsHarm(SourceRecord record, string column) =>
        record.Text(column)?.Trim().ToLowerInvariant() is null or "harmful" or "unharmful";

    private static bool? Harm(SourceRecord record, string column) => record.Text(column)?.Trim().ToLowerInvariant() switch
    {
        null => null,
        "harmful" => true,
        "unharmful" => false,
        var found => throw new RowFault(column, $"expected harmful or unharmful, found '{Shown.Shortly(found)}'"),
    };
}
