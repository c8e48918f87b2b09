using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Staging;

namespace SEAS.Web.Live.Datasets;

/// <summary>Rows of imported sets as a page shows them.</summary>
public static class ImportWords
{
    /// <summary>A row's texts, each with its name; those that it does not have are left out.</summary>
    public static IEnumerable<(string Name, string Text)> Texts(ImportedRow row)
    {
        (string, string?)[] known =
        [
            ("system", row.System),
            .. row.History.Select(turn => (turn.Role, (string?)turn.Content)),
            ("prompt", row.Prompt), ("answer", row.Answer), ("chosen", row.Chosen), ("rejected", row.Rejected), ("label", row.Label),
        ];
        return known.Where(part => !string.IsNullOrEmpty(part.Item2)).Select(part => (part.Item1, part.Item2!));
    }

    /// <summary>What the rows of one group have in common.</summary>
    public static string Groups(SetGrouping grouping) => grouping switch
    {
        SetGrouping.NearDuplicates => "groups of near-duplicates",
        SetGrouping.SketchedNearDuplicates => "groups of near-duplicates (nearly all found: by sketches)",
        _ => "groups of equal templates (near-duplicates were not looked for)",
    };
}
