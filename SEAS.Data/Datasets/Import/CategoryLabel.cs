using System.Text;

namespace SEAS.Data.Datasets.Import;

/// <summary>The names of prompt categories as SEAS writes them: words with capitals, joined by underscores.</summary>
public static class CategoryLabel
{
    /// <summary>The label of prompts whose set has no categories.</summary>
    public const string Uncategorized = "Uncategorized";

    private static readonly Dictionary<string, string> s_known = new[]
    {
        "Role_Play", "Session_Completion", "Goal_Hijacking", "Token_Manipulation", "Adversarial_Prefix", "Code_Nesting", "Jailbreaking",
        "One_Sided_Statement", "Word_Play", "Unfairness_And_Discrimination", "Unsafe_Instruction", "Privacy_And_Property", "Health_Harm",
        "Crimes_And_Illegal_Activities", Uncategorized,
    }.ToDictionary(Folded, StringComparer.Ordinal);

    /// <summary>The nine attack styles and five risk categories of SEAS.</summary>
    public static IReadOnlyList<string> All { get; } = [.. s_known.Values.Where(label => label != Uncategorized)];

    /// <summary>
    /// A label in its one spelling: <c>One_sided_statement</c> and <c>role play</c> become <c>One_Sided_Statement</c> and
    /// <c>Role_Play</c>. Categories that SEAS does not know are written in the same way; none at all is <see cref="Uncategorized"/>.
    /// </summary>
    public static string Normalize(string? label)
    {
        var folded = Folded(label ?? string.Empty);
        return folded.Length == 0 ? Uncategorized
            : s_known.TryGetValue(folded, out var known) ? known
            : string.Join('_', Words(label!).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    /// <summary>Whether a label, in its one spelling, is one of SEAS's own.</summary>
    public static bool IsKnown(string label) => All.Contains(label, StringComparer.Ordinal);

    private static string Folded(string label) => string.Concat(Words(label)).ToLowerInvariant();

    private static IEnumerable<string> Words(string label)
    {
        var word = new StringBuilder();
        foreach (var letter in label.Replace("&", " and ", StringComparison.Ordinal) + " ")
        {
            if (char.IsLetterOrDigit(letter))
            {
                word.Append(letter);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }
}
