using System.Text.RegularExpressions;

namespace SEAS.Training.World.Words;

/// <summary>Reads texts of the world word by word.</summary>
internal static partial class Wording
{
    private static readonly HashSet<string> Verbs = [.. HarmfulIntents.Verbs, .. HarmlessIntents.Verbs];
    private static readonly HashSet<string> Nouns = [.. HarmfulIntents.Nouns, .. HarmlessIntents.Nouns];

    /// <summary>Words in lower case; signs fall away.</summary>
    public static string[] Words(string text) => [.. WordPattern().Matches(text).Select(match => match.Value.ToLowerInvariant())];

    /// <summary>Every intent that is named: a verb directly followed by an object, whatever signs stand between.</summary>
    public static IReadOnlyList<(Intent Intent, int Place)> Intents(string[] words)
    {
        var found = new List<(Intent, int)>();
        for (var place = 0; place + 1 < words.Length; place++)
        {
            if (Verbs.Contains(words[place]) && Nouns.Contains(words[place + 1]))
            {
                found.Add((new Intent(words[place], words[place + 1]), place));
            }
        }

        return found;
    }

    [GeneratedRegex("[A-Za-z0-9']+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex WordPattern();
}
