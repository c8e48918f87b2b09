using SEAS.Training.Measures.Agreement;

namespace SEAS.Tests.Measures.Agreement;

/// <summary>Tables of ratings that were printed with their coefficients.</summary>
internal static class Published
{
    /// <summary>Fleiss 1971, table 1, as R's irr prints it: 30 patients, six diagnoses each (1 depression … 5 other).</summary>
    public static RatingTable Diagnoses { get; } = ByItem(
        "444444", "222555", "233335", "555555", "222444", "113333", "333355", "113334", "114444", "555555",
        "144444", "124444", "222333", "144444", "224445", "333335", "111455", "111112", "224444", "133555",
        "555555", "244444", "224555", "114444", "144445", "222224", "111155", "224444", "133333", "555555");

    /// <summary>Wikipedia, "Fleiss' kappa", worked example: 10 subjects, 14 raters, 5 categories.</summary>
    public static RatingTable Subjects { get; } = ByItem(
        "eeeeeeeeeeeeee", "bbccccccddddee", "cccdddddeeeeee", "bbbcccccccccdd", "aabbccccccccde", "aaaaaaabbbbbbb", "aaabbccccccddd",
        "aabbbbbcccddee", "aaaaaabbbbbccd", "bbccdddeeeeeee");

    /// <summary>Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", example C; also Gwet 2014's cac.raw4raters.</summary>
    public static RatingTable FourObservers { get; } = ByRater("123321412***", "1233224125*3", "*3332342251*", "12332441251*");

    /// <summary>Krippendorff 2011, example A: two observers, two values.</summary>
    public static RatingTable TwoValues { get; } = ByRater("0100000010", "1110010000");

    /// <summary>Krippendorff 2011, example B: two observers, five values.</summary>
    public static RatingTable FiveValues { get; } = ByRater("aabbdcccedda", "babbbccceddd");

    /// <summary>Wikipedia, "Krippendorff's alpha", a computational example: three coders, 15 units.</summary>
    public static RatingTable ThreeCoders { get; } = ByRater("*****34121133*3", "1*213343*******", "**21344*21133*4");

    /// <summary>Raters 2 and 3 of the anxiety ratings of R's irr (20 people, values 1 to 6).</summary>
    public static RatingTable Anxiety { get; } = ByRater("36462424332333221334", "21443216111233113322");

    /// <summary>One string an item, one letter a rater; a star is a gap.</summary>
    public static RatingTable ByItem(params string[] items) => RatingTable.Of(
        items.SelectMany((row, item) => row.Select((letter, rater) => Rating(item, rater, letter))));

    /// <summary>One string a rater, one letter an item; a star is a gap.</summary>
    public static RatingTable ByRater(params string[] raters) => RatingTable.Of(
        raters.SelectMany((row, rater) => row.Select((letter, item) => Rating(item, rater, letter))));

    /// <summary>Two raters' ratings from their table of counts.</summary>
    public static RatingTable FromCounts(params int[][] counts)
    {
        var ratings = new List<Rating>();
        for (var a = 0; a < counts.Length; a++)
        {
            for (var b = 0; b < counts.Length; b++)
            {
                for (var time = 0; time < counts[a][b]; time++)
                {
                    var item = ratings.Count;
                    ratings.Add(new Rating(item, "first", $"{a}"));
                    ratings.Add(new Rating(item, "second", $"{b}"));
                }
            }
        }

        return RatingTable.Of(ratings);
    }

    private static Rating Rating(int item, int rater, char letter) => new(item, $"rater {rater:00}", letter == '*' ? null : $"{letter}");
}
