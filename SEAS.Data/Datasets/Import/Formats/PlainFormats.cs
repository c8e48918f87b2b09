using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using static SEAS.Data.Contracts.DatasetPurpose;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Files of no known set: a column of prompts, found by its name or named by a person.</summary>
internal static class PlainFormats
{
    // In JSON a field "text" is as often a whole document as a prompt, so there only a person can say it.
    private static readonly string[] s_prompts = ["prompt", "forbidden_prompt", "question", "instruction", "goal", "behavior"];

    private static readonly string[] s_categories =
    [
        "category", "types_of_harm", "type", "harm_category", "categories", "harm_categories", "subcategory", "risk_type", "risk_category",
        "harm_type", "1-category",
    ];

    private static readonly string[] s_answers = ["answer", "response", "output", "completion"];

    /// <summary>The columns that are taken for prompts, for messages.</summary>
    public static string PromptColumns { get; } = string.Join(", ", [.. s_prompts[..4], "text"]);

    /// <summary>The names that columns of prompts, answers and conversations have.</summary>
    public static IReadOnlyList<string> KnownNames { get; } =
        [.. s_prompts, .. s_answers, "messages", "conversations", "conversation", "chosen", "rejected", "text", "category", "label"];

    /// <summary>The format of records whose columns say what they hold; null if none could hold prompts and nobody said which.</summary>
    public static DatasetFormat? Of(IReadOnlyList<SourceRecord> first, bool isTable, IReadOnlyDictionary<string, string> columns)
    {
        string[] names = isTable ? [.. s_prompts[..4], "text", .. s_prompts[4..]] : s_prompts;
        var prompt = columns.GetValueOrDefault(RowFields.Prompt)
            ?? Array.Find(names, name => first.Any(record => record.Has(name) && HoldsText(record, name))) ?? Array.Find(names, Has);
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
        // A row's name is one only where rows have them from the first on; else it stays beside the row.
        if (first[0].Has("id"))
        {
            Add(RowFields.Id, ["id"]);
        }

        return new DatasetFormat(
            "", isTable ? "CSV" : "SEAS", [Seeds, Evaluation, Instructions, Preferences, DatasetPurpose.Labels], [prompt])
        {
            Mapping = mapping,
        };

        bool Has(string name) => first.Any(record => record.Has(name));

        void Add(string field, string[] names)
        {
            if (Array.Find(names, Has) is { } name && name != prompt)
            {
                mapping[field] = name;
            }
        }
    }

    // Tables hold texts alone; in JSON a number or an object is no prompt where another column has a text.
    private static bool HoldsText(SourceRecord record, string name) =>
        record.Json(name).ValueKind is JsonValueKind.Undefined or JsonValueKind.String or JsonValueKind.Array;
}
