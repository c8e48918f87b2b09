using SEAS.Training.Engine.Randomness;
using SEAS.Training.Measures.Agreement;

namespace SEAS.Tests.Measures.Agreement;

public sealed class AgreementPropertyTests
{
    private const double Close = 1e-12;
    private static readonly string[] s_values = ["safe", "unsafe", "cannot tell"];

    private static readonly Dictionary<string, Func<RatingTable, double?>> s_measures = new()
    {
        ["raw"] = RawAgreement.Of,
        ["fleiss"] = FleissKappa.Of,
        ["alpha"] = KrippendorffAlpha.Nominal,
        ["cohen"] = table => CohenKappa.Of(table, 0, 1),
    };

    public static TheoryData<string> Measures { get; } = [.. s_measures.Keys];

    [Theory, MemberData(nameof(Measures))]
    public void The_order_of_ratings_items_and_raters_does_not_matter(string name) => ForManyTables(name, (ratings, value, random) =>
    {
        var shuffled = ratings.ToList();
        random.Shuffle(shuffled);
        Assert.Equal(value, Measure(name, shuffled), Same);

        var backwards = ratings.ConvertAll(rating => rating with { Item = -rating.Item });
        Assert.Equal(value, Measure(name, backwards), Same);

        if (name != "cohen")   // takes the first two raters of more
        {
            Assert.Equal(value, Measure(name, ratings.ConvertAll(rating => rating with { Rater = Reversed(rating.Rater) })), Same);
        }
    });

    [Theory, MemberData(nameof(Measures))]
    public void Other_words_for_the_labels_give_the_same(string name) => ForManyTables(name, (ratings, value, _) =>
        Assert.Equal(value, Measure(name, ratings.ConvertAll(rating => rating with { Value = Renamed(rating.Value) })), Same));

    [Theory, MemberData(nameof(Measures))]
    public void A_rater_who_saw_everything_and_said_nothing_changes_nothing(string name) => ForManyTables(name, (ratings, value, _) =>
        Assert.Equal(value, Measure(name, [.. ratings, .. Enumerable.Range(0, 40).Select(item => new Rating(item, "z", null))]), Same));

    [Theory, InlineData("raw"), InlineData("alpha"), InlineData("cohen")]
    public void An_item_with_one_label_changes_nothing(string name) => ForManyTables(name, (ratings, value, _) =>
        Assert.Equal(value, Measure(name, [.. ratings, new Rating(1000, "a", "safe"), new Rating(1001, "b", "new word")]), Same));

    [Theory, InlineData("raw"), InlineData("fleiss"), InlineData("cohen")]
    public void Every_item_twice_gives_the_same(string name) => ForManyTables(name, (ratings, value, _) =>
        Assert.Equal(value, Measure(name, [.. ratings, .. ratings.Select(rating => rating with { Item = rating.Item + 5000 })]), Same));

    [Theory, MemberData(nameof(Measures))]
    public void No_value_is_above_one_and_none_is_not_a_number(string name) => ForManyTables(name, (_, value, _) =>
        Assert.True(value is null or <= 1 + Close, $"{name} = {value}"));   // false for NaN

    [Theory, MemberData(nameof(Measures))]
    public void Those_who_always_agree_agree_wholly(string name)
    {
        var table = Published.ByItem("aaa", "bbb", "aa*", "c*c", "*bb", "bb*");

        Assert.Equal(1, s_measures[name](table)!.Value, Close);
    }

    [Fact]
    public void Those_who_guess_agree_as_by_chance()
    {
        var random = new RandomStream(5, "guessing");
        var table = RatingTable.Of(Enumerable.Range(0, 20_000).SelectMany(item =>
            new[] { "a", "b" }.Select(rater => new Rating(item, rater, random.Pick(s_values)))));

        // the standard error of κ is about √(1/3 / 20000 / (2/3)) = 0.005
        Assert.InRange(CohenKappa.Of(table)!.Value, -0.02, 0.02);
        Assert.InRange(FleissKappa.Of(table)!.Value, -0.02, 0.02);
        Assert.InRange(KrippendorffAlpha.Nominal(table)!.Value, -0.02, 0.02);
    }

    [Fact]
    public void The_interval_is_the_same_for_the_same_seed_and_holds_the_value()
    {
        var alpha = KrippendorffAlpha.Nominal(Published.Diagnoses)!.Value;
        var interval = AgreementInterval.Of(Published.Diagnoses, KrippendorffAlpha.Nominal, seed: 3)!;

        Assert.Equal(interval, AgreementInterval.Of(Published.Diagnoses, KrippendorffAlpha.Nominal, seed: 3));
        Assert.NotEqual(interval, AgreementInterval.Of(Published.Diagnoses, KrippendorffAlpha.Nominal, seed: 4));
        Assert.InRange(alpha, interval.Lower, interval.Upper);
        Assert.InRange(interval.Upper - interval.Lower, 0.05, 0.5);
    }

    [Fact]
    public void Items_with_one_label_change_neither_alpha_nor_its_interval_in_the_summary()
    {
        var summary = AgreementSummary.Of(Published.ByRater("123321412***", "1233224125*3", "*3332342251*", "12332441251*"));
        var without = AgreementSummary.Of(Published.ByRater("123321412**", "1233224125*", "*3332342251", "12332441251"));

        Assert.Equal((without.Items, without.Alpha, without.AlphaInterval), (summary.Items, summary.Alpha, summary.AlphaInterval));
        Assert.NotEqual(without.Fleiss, summary.Fleiss);   // the twelfth item's label counts among the shares of labels
    }

    [Fact]
    public void The_interval_of_a_share_is_close_to_wilsons()
    {
        // 300 items, two raters, equal on every fifth less: a share of 0.8 in 300, which Wilson puts at 0.751 to 0.841
        var table = RatingTable.Of(Enumerable.Range(0, 300).SelectMany(item => new[]
        {
            new Rating(item, "a", "safe"), new Rating(item, "b", item % 5 == 0 ? "unsafe" : "safe"),
        }));
        var interval = AgreementInterval.Of(table, RawAgreement.Of)!;

        Assert.Equal(0.751, interval.Lower, 0.02);
        Assert.Equal(0.841, interval.Upper, 0.02);
    }

    private static void ForManyTables(string name, Action<List<Rating>, double?, RandomStream> check)
    {
        var told = 0;
        for (var index = 0; index < 60; index++)
        {
            var random = new RandomStream(1, "tables", index);
            var ratings = Enumerable.Range(0, 2 + random.Next(12)).SelectMany(item => "abcd".Take(2 + random.Next(3))
                .Where(_ => random.Chance(0.8))
                .Select(rater => new Rating(item, $"{rater}", random.Chance(0.1) ? null : random.Pick(s_values)))).ToList();
            if (ratings.Select(rating => rating.Rater).Distinct().Count() < 2)
            {
                continue;
            }

            var value = Measure(name, ratings);
            told += value is null ? 0 : 1;
            check(ratings, value, random);
        }

        Assert.True(told > 30, $"only {told} tables told anything");
    }

    private static double? Measure(string name, List<Rating> ratings) => s_measures[name](RatingTable.Of(ratings));

    private static bool Same(double? a, double? b) => a is { } x && b is { } y ? Math.Abs(x - y) < Close : a is null && b is null;

    private static string Reversed(string rater) => $"{(char)('z' - rater[0])}";

    private static string? Renamed(string? value) =>
        value switch { "safe" => "z", "unsafe" => "cannot tell", "cannot tell" => "safe", _ => value };
}
