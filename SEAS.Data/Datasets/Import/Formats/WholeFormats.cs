using SEAS.Data.Datasets.Import.Records;
using static SEAS.Data.Contracts.DatasetPurpose;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Formats that the way of writing tells, not the columns.</summary>
internal static class WholeFormats
{
    public static DatasetFormat Lines(string name) => name.Contains("malicious", StringComparison.OrdinalIgnoreCase)
        ? Prompts("MaliciousInstruct", "MaliciousInstruct", TextLines.Column)
        : Prompts("", name, TextLines.Column);

    public static DatasetFormat Texts(string name) => Prompts("", name, JsonRecords.TextColumn);

    public static DatasetFormat Questions { get; } = new("HarmfulQA", "HarmfulQA", [Seeds, Evaluation], [])
    {
        Mapping = DatasetFormat.Map((RowFields.Prompt, NestedQuestions.Question), (RowFields.Category, NestedQuestions.Topic)),
    };

    public static DatasetFormat PyRit { get; } = new("PyRIT", "PyRIT", [Seeds, Evaluation], [])
    {
        Mapping = DatasetFormat.Map(
            (RowFields.Prompt, YamlSeeds.Value), (RowFields.Category, YamlSeeds.Types), (RowFields.Source, YamlSeeds.Source)),
    };

    private static DatasetFormat Prompts(string format, string source, string column) =>
        new(format, source, [Seeds, Evaluation], []) { Mapping = DatasetFormat.Map((RowFields.Prompt, column)) };
}
