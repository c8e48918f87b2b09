using System.Text.RegularExpressions;

namespace SEAS.Data.Datasets.Import.Formats;

/// <summary>Tells PyRIT's YAML by the names on its first lines.</summary>
internal static partial class YamlBeginning
{
    /// <summary>Whether a text begins like that.</summary>
    public static bool Is(string beginning) => Named().IsMatch(beginning) && List().IsMatch(beginning);

    [GeneratedRegex(
        @"\A(\s*(#[^\n]*|---[ \t]*)\r?\n)*(name|dataset_name|description|harm_category|harm_categories|authors?|groups?|source|data_type|" +
        "should_be_blocked|seed_type|is_objective|parameters|date_added|added_by|seeds|prompts):",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Named();

    [GeneratedRegex(
        @"^(seeds|prompts|value):", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex List();
}
