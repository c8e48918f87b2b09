using SEAS.Data.Contracts;
using SEAS.Training.Engine.Randomness;

namespace SEAS.Training.World;

/// <summary>Breaks a text as a straying model does: words dropped, doubled, moved, swapped in, cut off, run on.</summary>
internal static class Garbler
{
    public static string Garble(string text, RandomStream random)
    {
        var words = text.Split(' ').ToList();
        var times = 1 + random.Next(3);
        for (var time = 0; time < times; time++)
        {
            Break(words, random);
        }

        return string.Join(' ', words);
    }

    private static void Break(List<string> words, RandomStream random)
    {
        var place = random.Next(words.Count);
        switch (random.Next(7))
        {
            case 0 when words.Count > 2:
                words.RemoveAt(place);
                break;
            case 1:
                words.Insert(place, words[place]);
                break;
            case 2:
                var other = random.Next(words.Count);
                (words[place], words[other]) = (words[other], words[place]);
                break;
            case 3:
                words[place] = random.Pick(Lexicon.Ordered);
                break;
            case 4 when words.Count > 4:
                words.RemoveRange(Math.Max(3, place), words.Count - Math.Max(3, place));
                break;
            case 5:
                words.InsertRange(place, words.Skip(place).Take(4).ToArray());
                break;
            default:
                words.AddRange(PromptWriter.Attack(DatasetSplit.Train, random).Text.Split(' ').Skip(random.Next(5)).Take(8));
                break;
        }
    }
}
