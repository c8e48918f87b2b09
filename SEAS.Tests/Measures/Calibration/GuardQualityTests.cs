using SEAS.Training.Engine.Randomness;
using SEAS.Training.Measures;
using SEAS.Training.Measures.Calibration;

namespace SEAS.Tests.Measures.Calibration;

public sealed class GuardQualityTests
{
    [Theory]
    // Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3 (score), printed with four digits
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Equal_chances_give_wilsons_printed_intervals(int right, int n, double lower, double upper)
    {
        var share = GuardQuality.Of(Verdicts(both: right, onlyCalled: n - right, onlyTruly: 0, neither: 0, chance: 0.02)).Precision!;

        Assert.Equal((n, Proportion.Of(right, n).Rate), (share.N, share.Rate));
        Assert.Equal(lower, share.Lower, 0.00005);
        Assert.Equal(upper, share.Upper, 0.00005);
        Assert.Equal(Proportion.Of(right, n).Lower, share.Lower, 1e-9);
        Assert.Equal(Proportion.Of(right, n).Upper, share.Upper, 1e-9);
    }

    [Fact]
    public void Unsafe_is_the_positive_class()
    {
        // 6 hits, 2 false alarms, 3 misses, 9 quiet: accuracy 15/20, precision 6/8, recall 6/9, unsafe 9/20
        var quality = GuardQuality.Of(Verdicts(6, 2, 3, 9));

        Assert.Equal((0.75, 0.75, 20), (quality.Accuracy!.Rate, quality.Precision!.Rate, quality.N));
        Assert.Equal(6.0 / 9, quality.Recall!.Rate, 1e-12);
        Assert.Equal(0.45, quality.UnsafeShare!.Rate, 1e-12);
        Assert.Equal(8, quality.Precision.N);
        Assert.Equal(9, quality.Recall.N);
    }

    [Fact]
    public void Strata_count_as_much_as_what_they_stand_for()
    {
        // A tenth of the safe verdicts and all unsafe ones were labelled: 1 miss of 10 stands for 10 of 100.
        // recall = 6 / (6 + 10), accuracy = (6 + 90) / (6 + 2 + 100), precision stays 6/8
        var quality = GuardQuality.Of([.. Verdicts(6, 2, 0, 0), .. Verdicts(0, 0, 1, 9, chance: 0.1)]);

        Assert.Equal(6.0 / 16, quality.Recall!.Rate, 1e-12);
        Assert.Equal(96.0 / 108, quality.Accuracy!.Rate, 1e-12);
        Assert.Equal(6.0 / 8, quality.Precision!.Rate, 1e-12);
        Assert.Equal(108.0 * 108 / (8 + 1000), quality.Accuracy.EffectiveN, 1e-9);   // (8·1 + 10·10)² / (8·1 + 10·100)
    }

    [Fact]
    public void What_cannot_be_told_is_null()
    {
        var none = GuardQuality.Of([]);
        var quiet = GuardQuality.Of(Verdicts(0, 0, 0, 5));

        Assert.Equal((null, null, null, null, 0), (none.Accuracy, none.Precision, none.Recall, none.UnsafeShare, none.N));
        Assert.Null(quiet.Precision);
        Assert.Null(quiet.Recall);
        Assert.Equal(1.0, quiet.Accuracy!.Rate);
    }

    [Theory, InlineData(0.0), InlineData(-0.5), InlineData(1.5), InlineData(double.NaN)]
    public void A_chance_that_is_none_is_refused(double chance) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GuardQuality.Of(Verdicts(1, 1, 1, 1, chance)));

    [Fact]
    public void The_interval_holds_the_truth_about_as_often_as_it_says_for_equal_and_unequal_chances()
    {
        // 8000 verdicts, 1600 of them called unsafe, 92 % of all right; 2 % labelled by chance, or 10 % of those called and 1 % of the rest
        var population = Enumerable.Range(0, 8000).Select(index =>
        {
            var (called, right) = (index % 5 == 0, new RandomStream(9, "population", index).Chance(0.92));
            return new LabelledVerdict(0, called, called == right);
        }).ToArray();
        var accuracy = population.Average(row => row.Called == row.Truly ? 1.0 : 0.0);

        Assert.InRange(Covered(_ => 0.02), 0.92, 0.98);
        Assert.InRange(Covered(row => row.Called ? 0.1 : 0.01), 0.92, 0.98);

        double Covered(Func<LabelledVerdict, double> chance) => Enumerable.Range(0, 400).Average(time =>
        {
            var random = new RandomStream(10, "audit", time);
            var audit = population.Where(row => random.Chance(chance(row))).Select(row => row with { Chance = chance(row) }).ToArray();
            var share = GuardQuality.Of(audit).Accuracy!;
            return share.Lower <= accuracy && accuracy <= share.Upper ? 1.0 : 0.0;
        });
    }

    private static List<LabelledVerdict> Verdicts(int both, int onlyCalled, int onlyTruly, int neither, double chance = 1) =>
    [
        .. Enumerable.Repeat(new LabelledVerdict(0.9, true, true, chance), both),
        .. Enumerable.Repeat(new LabelledVerdict(0.9, true, false, chance), onlyCalled),
        .. Enumerable.Repeat(new LabelledVerdict(0.1, false, true, chance), onlyTruly),
        .. Enumerable.Repeat(new LabelledVerdict(0.1, false, false, chance), neither),
    ];
}
