using SEAS.Training.World.Words;

namespace SEAS.Training.World;

/// <summary>Every word of the world. Single words are known from all splits; what is held out is how they are put together.</summary>
internal static class Lexicon
{
    /// <summary>All words in lower case.</summary>
    public static IReadOnlySet<string> Words { get; } = Sources()
        .SelectMany(Wording.Words).ToHashSet(StringComparer.Ordinal);

    /// <summary>The same words in a fixed order, to draw from.</summary>
    public static IReadOnlyList<string> Ordered { get; } = [.. Words.Order(StringComparer.Ordinal)];

    /// <summary>Objects and bare endings of the styles whose prompts end without a sign.</summary>
    public static bool MayEnd(string word) =>
        HarmfulIntents.Nouns.Contains(word) || HarmlessIntents.Nouns.Contains(word) || word is "first" or "so" or "they";

    /// <summary>The texts that hold every word, as they are spelled in prompts and answers.</summary>
    public static IEnumerable<string> Sources() =>
    [
        .. Phrasing.All.Select(phrasing => phrasing.Text.Replace("{role}s", "sailors", StringComparison.Ordinal)
            .Replace("{", string.Empty, StringComparison.Ordinal).Replace("}", string.Empty, StringComparison.Ordinal)),
        .. Phrasing.SlotWords, .. Phrasing.SlotWords.Select(word => word + "s"),
        .. HarmfulIntents.Verbs, .. HarmfulIntents.Nouns, .. HarmlessIntents.Verbs, .. HarmlessIntents.Nouns,
        .. AnswerWriter.Words.Select(text => text.Replace("{I}", string.Empty, StringComparison.Ordinal)),
        .. TaskWriter.Words,
    ];
}
