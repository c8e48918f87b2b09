using SEAS.Training.Measures.Agreement;

namespace SEAS.Tests.Measures.Agreement;

public sealed class AgreementEdgeTests
{
    [Fact]
    public void Nothing_rated_tells_nothing() => AssertUndefined(RatingTable.Of([]));

    [Fact]
    public void One_rater_agrees_with_nobody() => AssertUndefined(Published.ByRater("abcab"));

    [Fact]
    public void Raters_who_share_no_item_tell_nothing() => AssertUndefined(Published.ByRater("ab***", "***ab"));

    [Fact]
    public void Open_questions_tell_nothing() => AssertUndefined(Published.ByRater("***", "***"));

    [Fact]
    public void One_label_for_everything_leaves_agreement_beyond_chance_undefined()
    {
        var table = Published.ByRater("aaaa", "aaaa", "aa*a");

        Assert.Equal(1.0, RawAgreement.Of(table));
        Assert.Null(CohenKappa.Of(table, 0, 1));
        Assert.Null(FleissKappa.Of(table));
        Assert.Null(KrippendorffAlpha.Nominal(table));
        Assert.Null(AgreementInterval.Of(table, KrippendorffAlpha.Nominal));
    }

    [Fact]
    public void One_pairable_label_leaves_alpha_undefined_though_another_was_given() =>
        Assert.Null(KrippendorffAlpha.Nominal(Published.ByRater("aaab", "aaa*")));

    [Fact]
    public void Two_raters_with_one_label_each_and_not_the_same_agree_as_by_chance() =>
        Assert.Equal(0.0, CohenKappa.Of(Published.ByRater("aaa", "bbb")));

    [Fact]
    public void Cohens_kappa_of_a_table_wants_exactly_two_raters() => Assert.Null(CohenKappa.Of(Published.ByRater("ab", "ab", "ab")));

    [Fact]
    public void Two_ratings_of_one_person_for_one_item_are_refused_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() => RatingTable.Of([new(7, "Ann", "safe"), new(7, "Ann", "unsafe")]));

        Assert.Contains("'Ann' rated item 7 twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pairs_of_people_are_compared_on_what_both_labelled()
    {
        // Ann and Ben share items 0, 1, 2 and agree on two; Ann and Cas share none; Ben and Cas share item 3 and agree
        var table = RatingTable.Of(
        [
            new(0, "Ann", "safe"), new(1, "Ann", "unsafe"), new(2, "Ann", "safe"),
            new(0, "Ben", "safe"), new(1, "Ben", "unsafe"), new(2, "Ben", "unsafe"), new(3, "Ben", "safe"),
            new(3, "Cas", "safe"),
        ]);
        var pairs = PairwiseAgreement.Of(table);

        Assert.Equal([("Ann", "Ben"), ("Ann", "Cas"), ("Ben", "Cas")], pairs.Select(pair => (pair.First, pair.Second)));
        Assert.Equal((2.0 / 3, 3), (pairs[0].Raw!.Rate, pairs[0].Raw!.N));
        Assert.Equal(0.4, pairs[0].Kappa!.Value, 1e-12);   // p_o = 2/3, p_e = (2·1 + 1·2)/9 = 4/9
        Assert.Null(pairs[1].Raw);
        Assert.Null(pairs[1].Kappa);
        Assert.Equal(1.0, pairs[2].Raw!.Rate);
        Assert.Null(pairs[2].Kappa);
    }

    [Fact]
    public void The_summary_says_what_the_measures_say()
    {
        var summary = AgreementSummary.Of(Published.FourObservers);

        Assert.Equal((11, 4, 6), (summary.Items, summary.Raters, summary.Pairs.Count));
        Assert.Equal(KrippendorffAlpha.Nominal(Published.FourObservers), summary.Alpha);
        Assert.Equal(FleissKappa.Of(Published.FourObservers), summary.Fleiss);
        Assert.Null(summary.Cohen);
        Assert.InRange(summary.Alpha!.Value, summary.AlphaInterval!.Lower, summary.AlphaInterval.Upper);
    }

    private static void AssertUndefined(RatingTable table)
    {
        var summary = AgreementSummary.Of(table);
        Assert.Equal(0, summary.Items);
        Assert.True(
            (summary.Raw, summary.Cohen, summary.Fleiss, summary.Alpha, summary.AlphaInterval) is (null, null, null, null, null),
            $"{summary}");
    }
}
