using System.Security.Cryptography;
using System.Text;

namespace SEAS.Training.Measures.Grouping;

/// <summary>Groups texts that are nearly the same: what a person labels once, or sees in a row.</summary>
/// <remarks>
/// Two texts are near when their sets of word triples have a Jaccard index of at least 0.6 (shingles of Broder 1997, "On the resemblance
/// and containment of documents"). A group is a leader and the texts near it, so that no chain of small steps joins unlike texts. Leaders
/// are the first of their kind in alphabetical order: neither the order nor the number of copies of the texts changes a group or its name.
/// Found exactly, see <see cref="LeaderIndex"/>.
/// </remarks>
public static class NearDuplicates
{
    private const int NameLetters = 12;

    // 0.6 as a fraction, so that a pair exactly on the border is near on every machine.
    internal const int Numerator = 3;
    internal const int Denominator = 5;

    /// <summary>Whether two sets of triples are those of near texts.</summary>
    internal static bool AreNear(long shared, long union) => shared * Denominator >= union * Numerator;

    /// <summary>The name of each text's group, in the order of the texts. A text that is near no other has a group of its own.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var words = texts.Select(Words.Of).ToArray();
        var wordings = words.Select(row => string.Join(' ', row)).ToArray();
        var places = Enumerable.Range(0, texts.Count).DistinctBy(place => wordings[place], StringComparer.Ordinal)
            .OrderBy(place => wordings[place], StringComparer.Ordinal).ToArray();
        var shingles = Shingles.Of([.. places.Select(place => words[place])]);

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var leaders = new LeaderIndex(shingles);
        for (var distinct = 0; distinct < places.Length; distinct++)
        {
            var leader = leaders.NearestTo(distinct);
            if (leader is null)
            {
                leaders.Add(distinct);
            }

            var wording = wordings[places[distinct]];
            names[wording] = leader is { } known ? names[wordings[places[known]]] : Name(wording);
        }

        return [.. wordings.Select(wording => names[wording])];
    }

    private static string Name(string wording) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wording)))[..NameLetters];
}
