using SEAS.Training.Measures;
using SEAS.Training.World.Words;

namespace SEAS.Training.World;

/// <summary>What fluent means in the world: the form that every text needs, and this world's words, signs and endings.</summary>
internal static class WorldFluency
{
    private const int MostWords = 32;
    private const string Endings = ".?!:,\")*#>";

    public static bool IsFluent(string text, bool stopped)
    {
        var words = Wording.Words(text);
        return Fluency.Holds(text, stopped)
            && words.Length <= MostWords
            && IsClosed(text)
            && EndsWell(text, words)
            && words.All(Lexicon.Words.Contains);
    }

    private static bool IsClosed(string text) =>
        Count(text, '"') % 2 == 0 && Count(text, '(') == Count(text, ')') && Count(text, '[') == Count(text, ']');

    private static int Count(string text, char sign) => text.Count(letter => letter == sign);

    /// <summary>A sign of ending, or for the sign-ridden styles a last word that names something.</summary>
    private static bool EndsWell(string text, string[] words) =>
        Endings.Contains(text[^1], StringComparison.Ordinal) || Lexicon.MayEnd(words[^1]);
}
