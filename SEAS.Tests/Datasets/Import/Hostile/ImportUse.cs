using System.Text.Json;
using SEAS.Data.Contracts;

namespace SEAS.Tests.Datasets.Import.Hostile;

/// <summary>One of the ways a file comes in, with the columns of a row that it takes.</summary>
/// <param name="Purpose">As a set of this kind; null: as labels of a run's items.</param>
/// <param name="Columns">The columns of a good row.</param>
/// <param name="Cells">What stands in them; the last is a text.</param>
internal sealed record ImportUse(DatasetPurpose? Purpose, string[] Columns, string[] Cells)
{
    public const string Review = "review";

    private static readonly Dictionary<string, ImportUse> s_all = new(StringComparer.Ordinal)
    {
        ["seeds"] = new(DatasetPurpose.Seeds, ["prompt", "category"], ["Paint a door", "Role_Play"]),
        ["instructions"] = new(DatasetPurpose.Instructions, ["prompt", "answer"], ["Paint a door", "With a brush."]),
        ["preferences"] = new(
            DatasetPurpose.Preferences, ["prompt", "chosen", "rejected"], ["Paint a door", "With a brush.", "No."]),
        ["evaluation"] = new(DatasetPurpose.Evaluation, ["prompt", "category"], ["Paint a door", "Role_Play"]),
        ["labels"] = new(DatasetPurpose.Labels, ["prompt", "answer", "label"], ["Paint a door", "With a brush.", "safe"]),
        [Review] = new(
            null, ["round", "seed_index", "prompt_index", "answer_index", "safety", "annotator"], ["1", "0", "0", "0", "safe", "Ann"]),
    };

    public static IEnumerable<string> Names => s_all.Keys;

    public static ImportUse Of(string name) => s_all[name];

    /// <summary>A row as an object on a line of its own; another text may stand for the last cell.</summary>
    public string Line(string? last = null) => JsonSerializer.Serialize(
        Columns.Zip(Texts(last)).ToDictionary(pair => pair.First, pair => pair.Second)) + "\n";

    /// <summary>The same with the last cell written as it is.</summary>
    public string Raw(string json) => Line("@@").Replace("\"@@\"", json, StringComparison.Ordinal);

    /// <summary>A header and one row.</summary>
    public string Table(string? last = null) => $"{string.Join(',', Columns)}\n{string.Join(',', Texts(last))}\n";

    private IEnumerable<string> Texts(string? last) => last is null ? Cells : Cells.SkipLast(1).Append(last);
}
