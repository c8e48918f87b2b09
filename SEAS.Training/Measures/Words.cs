namespace SEAS.Training.Measures;

/// <summary>Text as lower-case words without punctuation, for measures that compare wordings.</summary>
internal static class Words
{
    public static string[] Of(string text) => [.. Places(text).Select(place => text[place.Start..place.End].ToLowerInvariant())];

    /// <summary>Where each word begins and ends.</summary>
    public static IEnumerable<(int Start, int End)> Places(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && (char.IsLetterOrDigit(text[i]) || (text[i] == '\'' && start >= 0));
            if (inside && start < 0)
            {
                start = i;
            }
            else if (!inside && start >= 0)
            {
                yield return (start, i);
                start = -1;
            }
        }
    }

    /// <summary>The first words of a text, joined: what two texts that open alike share.</summary>
    public static string Opening(string text, int count) => string.Join(' ', Of(text).Take(count));
}
