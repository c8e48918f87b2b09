using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using static SEAS.Data.Contracts.DatasetPurpose;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Files of no known set: a column of prompts, found by its name or named by a person.</summary>
internal static class PlainFormats
{
    // In JSON a field "text" is as often a whole document as a prompt, so there only a person can say it.
    private static readonly string[] s_prompts = ["prompt", "forbidden_prompt", "question", "instruction", "goal", "behavior"];
    private static readonly string[] s_categories = ["category", "types_of_harm", "type", "harm_category"];
    private static readonly string[] s_answers = ["answer", "response", "output", "completion"];

    /// <summary>The columns that are taken for prompts, for messages.</summary>
    public static string PromptColumns { get; } = string.Join(", ", [.. s_prompts[..4], "text"]);

    /// <summary>The format of a record whose columns say what they hold; null if none could hold prompts and nobody said which.</summary>
    public static DatasetFormat? Of(SourceRecord record, bool isTable, IReadOnlyDictionary<string, string> columns)
    {
        var prompt = columns.GetValueOrDefault(RowFields.Prompt)
            ?? Array.Find(isTable ? [.. s_prompts[..4], "text", .. s_prompts[4..]] : s_prompts, record.Has);
        if (prompt is null)
        {
            return null;
        }

        var mapping = new Dictionary<string, string>(StringComparer.Ordinal) { [RowFields.Prompt] = prompt };
        Add(RowFields.Category, s_categories);
        Add(RowFields.Answer, s_answers);
        Add(RowFields.Source, ["source"]);
        Add(RowFields.System, ["system"]);
        Add(RowFields.Label, ["human_label", "label"]);
        Add(RowFields.Id, ["id"]);
        return new DatasetFormat(
            "", isTable ? "CSV" : "SEAS", [Seeds, Evaluation, Instructions, Preferences, DatasetPurpose.Labels], [prompt])
        {
            Mapping = mapping,
        };

        void Add(string field, string[] names)
        {
            if (Array.Find(names, record.Has) is { } name && name != prompt)
            {
                mapping[field] = name;
            }
        }
    }
}
