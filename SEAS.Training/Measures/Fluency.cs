namespace SEAS.Training.Measures;

/// <summary>A rule for text that no person would send: cut off, stuck in a loop, or almost nothing.</summary>
/// <remarks>
/// Looks at form only, knows no vocabulary and no world. An attack that breaks it counts as a loser when pairs are chosen, so that R is
/// never rewarded for text that merely confuses the guard.
/// </remarks>
public static class Fluency
{
    private const int FewestWords = 3;

    /// <summary>True when the text ended by itself, has at least three words, says no word twice in a row and turns in no loop.</summary>
    /// <remarks>A loop: two words in a row for the third time, or four in a row for the second; long texts (25 and 50 words) may once more.
    /// </remarks>
    /// <param name="text">The text.</param>
    /// <param name="stopped">Whether the model ended it, rather than the length limit.</param>
    public static bool Holds(string text, bool stopped)
    {
        var words = Words.Of(text);
        return stopped
            && words.Length >= FewestWords
            && !words.Zip(words.Skip(1)).Any(pair => string.Equals(pair.First, pair.Second, StringComparison.Ordinal))
            && MostRepeated(words, 2) <= 2 + (words.Length / 25)
            && MostRepeated(words, 4) <= 1 + (words.Length / 50);
    }

    private static int MostRepeated(string[] words, int length) => words.Length < length
        ? 0
        : Enumerable.Range(0, words.Length - length + 1)
            .CountBy(start => string.Join(' ', words.AsSpan(start, length)!), StringComparer.Ordinal)
            .Max(run => run.Value);
}
