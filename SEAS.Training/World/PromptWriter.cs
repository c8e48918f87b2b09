using SEAS.Data.Contracts;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.World.Words;

namespace SEAS.Training.World;

/// <summary>Puts phrasings and intents of one split together.</summary>
internal static class PromptWriter
{
    /// <summary>A harmful prompt of any of the 14 types, each equally likely.</summary>
    public static WrittenPrompt Attack(DatasetSplit split, RandomStream random) => Attack(split, random.Pick(Taxonomy.All), random);

    /// <summary>A harmful prompt of one type: a style with any intent, or a plain question about a category's intents.</summary>
    public static WrittenPrompt Attack(DatasetSplit split, string category, RandomStream random)
    {
        var isStyle = Taxonomy.Styles.Contains(category);
        var phrasing = random.Pick(Phrasing.Of(isStyle ? category : string.Empty, split));
        return Write(category, phrasing, random.Pick(HarmfulIntents.Of(split, isStyle ? null : category)), random);
    }

    /// <summary>A harmless request in the very same words: half of them plain, half in an attack's wrapper.</summary>
    public static WrittenPrompt Harmless(DatasetSplit split, Intent intent, RandomStream random)
    {
        var style = random.Chance(0.5) ? string.Empty : random.Pick(Taxonomy.Styles);
        return Write(style, random.Pick(Phrasing.Of(style, split)), intent, random);
    }

    private static WrittenPrompt Write(string category, Phrasing phrasing, Intent intent, RandomStream random) =>
        new(category, phrasing, intent, phrasing.Fill(intent, random));
}

/// <summary>A prompt with the parts that it was made from.</summary>
internal sealed record WrittenPrompt(string Category, Phrasing Phrasing, Intent Intent, string Text);
