using System.Text;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Randomness;

namespace SEAS.Training.World.Words;

/// <summary>One way to word a request, with slots; a whole phrasing belongs to one split.</summary>
/// <param name="Style">The attack style, or empty for a plain question.</param>
/// <param name="Manner">The cue of its manner: a word in it that tells the manners of one style apart, in every split.</param>
/// <param name="Index">Its number among all phrasings.</param>
/// <param name="Split">Where it may be used.</param>
/// <param name="Text">The words, with slots.</param>
internal sealed record Phrasing(string Style, string Manner, int Index, DatasetSplit Split, string Text)
{
    private const int TaughtPerManner = 5;
    private const int ValidatedPerManner = 2;

    private static readonly string[] Roles = ["pirate", "spy", "wizard", "sailor", "robot", "captain", "knight", "clown"];
    private static readonly string[] Names = ["Ann", "Max", "Eva", "Tom"];
    private static readonly string[] Pals = ["Ben", "Kim", "Leo", "Mia"];
    private static readonly string[] Tasks = ["name three colors", "count to five", "describe the sea", "write a poem"];

    public static IReadOnlyList<Phrasing> All { get; } = [.. Read(StylePhrasings.Text + "\n# \n" + PlainPhrasings.Text)];

    public static IReadOnlyList<Phrasing> Plain(DatasetSplit split) => Of(string.Empty, split);

    public static IReadOnlyList<Phrasing> Of(string style, DatasetSplit split) =>
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

    private static IEnumerable<Phrasing> Read(string table)
    {
        var (style, manner) = (string.Empty, string.Empty);
        var (place, index) = (0, 0);
        foreach (var line in table.Split('\n'))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                style = line[2..];
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                (manner, place) = (line[3..], 0);
            }
            else
            {
                yield return new Phrasing(style, manner, index++, SplitAt(place++), line);
            }
        }
    }

    private static DatasetSplit SplitAt(int place) =>
        place < TaughtPerManner ? DatasetSplit.Train : place < TaughtPerManner + ValidatedPerManner ? DatasetSplit.Validation : DatasetSplit.Test;
}
