using System.Text;
using SEAS.Training.Randomness;

namespace SEAS.Training.Embedded;

/// <summary>One way to word a request, with slots; a whole phrasing belongs to one split.</summary>
/// <param name="Style">The attack style, or empty for a plain question.</param>
/// <param name="Index">Its number among all phrasings.</param>
/// <param name="Split">Where it may be used.</param>
/// <param name="Text">The words, with slots.</param>
internal sealed record Phrasing(string Style, int Index, Split Split, string Text)
{
    private const int TaughtPerStyle = 8;
    private const int ValidatedPerStyle = 4;

    private static readonly string[] Roles = ["pirate", "spy", "wizard", "sailor", "robot", "captain", "knight", "clown"];
    private static readonly string[] Names = ["Ann", "Max", "Eva", "Tom"];
    private static readonly string[] Pals = ["Ben", "Kim", "Leo", "Mia"];
    private static readonly string[] Tasks = ["name three colors", "count to five", "describe the sea", "write a poem"];

    public static IReadOnlyList<Phrasing> All { get; } = [.. ReadStyles(), .. ReadPlain()];

    public static IReadOnlyList<Phrasing> Plain(Split split) => Of(string.Empty, split);

    public static IReadOnlyList<Phrasing> Of(string style, Split split) =>
        [.. All.Where(phrasing => phrasing.Style == style && phrasing.Split == split)];

    /// <summary>The slots' possible words, for the world's lexicon.</summary>
    public static IEnumerable<string> SlotWords => Roles.Concat(Names).Concat(Pals).Concat(Tasks);

    public string Fill(Intent intent, RandomStream random)
    {
        var text = new StringBuilder(Text)
            .Replace("{I}", intent.ToString()).Replace("{V}", intent.Verb).Replace("{N}", intent.Noun)
            .Replace("{role}", random.Pick(Roles)).Replace("{name}", random.Pick(Names)).Replace("{pal}", random.Pick(Pals))
            .Replace("{task}", random.Pick(Tasks));
        var slotFirst = Text.StartsWith("{task}", StringComparison.Ordinal);
        text[0] = slotFirst ? char.ToUpperInvariant(text[0]) : text[0];
        return text.ToString();
    }

    private static IEnumerable<Phrasing> ReadStyles()
    {
        var style = string.Empty;
        var place = 0;
        var index = 0;
        foreach (var line in StylePhrasings.Text.Split('\n'))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                (style, place) = (line[2..], 0);
                continue;
            }

            yield return new Phrasing(style, index++, SplitAt(place++, TaughtPerStyle, ValidatedPerStyle), line);
        }
    }

    private static IEnumerable<Phrasing> ReadPlain() =>
        PlainPhrasings.Text.Split('\n').Select((line, place) =>
            new Phrasing(string.Empty, 1000 + place, SplitAt(place, PlainPhrasings.Training, PlainPhrasings.Validation), line));

    private static Split SplitAt(int place, int taught, int validated) =>
        place < taught ? Split.Training : place < taught + validated ? Split.Validation : Split.Test;
}
