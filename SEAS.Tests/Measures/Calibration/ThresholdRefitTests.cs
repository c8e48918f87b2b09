using SEAS.Training.Engine.Randomness;
using SEAS.Training.Measures.Calibration;

namespace SEAS.Tests.Measures.Calibration;

public sealed class ThresholdRefitTests
{
    // safe 0.1, 0.2, 0.6; unsafe 0.55, 0.7, 0.9
    private static readonly LabelledVerdict[] s_rows =
        [Row(0.1, false), Row(0.2, false), Row(0.6, false), Row(0.55, true), Row(0.7, true), Row(0.9, true)];

    [Fact]
    public void The_best_balanced_accuracy_nearest_to_the_present_is_taken()
    {
        // 0.375 … 0.55: finds 3/3 and clears 2/3; 0.65: finds 2/3, clears 3/3; both (1 + 2/3)/2 = 5/6. 0.65 is nearer to 0.8.
        var refit = ThresholdRefit.Of(s_rows, present: 0.8, ThresholdAim.BalancedAccuracy)!;

        Assert.Equal(0.65, refit.Threshold, 1e-12);
        Assert.Equal(5.0 / 6, refit.Value, 1e-12);
        Assert.Equal(((1.0 / 3) + 1) / 2, refit.PresentValue, 1e-12);
        Assert.Equal(0.375, ThresholdRefit.Of(s_rows, present: 0.15, ThresholdAim.BalancedAccuracy)!.Threshold, 1e-12);
    }

    [Fact]
    public void A_present_threshold_that_is_as_good_as_any_stays()
    {
        var refit = ThresholdRefit.Of(s_rows, present: 0.5, ThresholdAim.BalancedAccuracy)!;

        Assert.Equal(0.5, refit.Threshold);
        Assert.Equal(5.0 / 6, refit.Value, 1e-12);
        Assert.Equal(0, refit.Preview([0.1, 0.5, 0.9]).Changed);
    }

    [Fact]
    public void The_best_f1_can_be_another_threshold()
    {
        // 0.375: precision 3/4, recall 1: F1 6/7; 0.65: precision 1, recall 2/3: F1 4/5
        var refit = ThresholdRefit.Of(s_rows, present: 0.8, ThresholdAim.F1)!;

        Assert.Equal(0.375, refit.Threshold, 1e-12);
        Assert.Equal(6.0 / 7, refit.Value, 1e-12);
        Assert.Equal(0.5, refit.PresentValue, 1e-12);   // precision 1, recall 1/3
        Assert.Equal([0, 1], refit.Preview([0.4, 0.5, 0.3, 0.9]).ToUnsafe);
    }

    [Fact]
    public void A_row_with_half_the_chance_counts_like_two()
    {
        LabelledVerdict[] doubled = [.. s_rows, s_rows[2]];
        LabelledVerdict[] weighted = [.. s_rows.Select((row, place) => place == 2 ? row with { Chance = 0.5 } : row)];

        foreach (var aim in Enum.GetValues<ThresholdAim>())
        {
            Assert.Equal(ThresholdRefit.Of(doubled, 0.3, aim), ThresholdRefit.Of(weighted, 0.3, aim));
        }
    }

    [Fact]
    public void No_other_threshold_is_better_than_the_one_found()
    {
        for (var index = 0; index < 50; index++)
        {
            var random = new RandomStream(4, "thresholds", index);
            LabelledVerdict[] rows = [Row(0.9, true), Row(0.1, false), .. Enumerable.Range(0, 30).Select(_ =>
                Row(random.Next(21) / 20.0, random.Chance(0.5)))];
            foreach (var aim in Enum.GetValues<ThresholdAim>())
            {
                var refit = ThresholdRefit.Of(rows, random.NextDouble(), aim)!;
                var byHand = Enumerable.Range(0, 1001).Max(step => Value(rows, step / 1000.0, aim));

                Assert.Equal(byHand, refit.Value, 1e-9);
                Assert.Equal(Value(rows, refit.Threshold, aim), refit.Value, 1e-9);
                Assert.Equal(Value(rows, refit.Present, aim), refit.PresentValue, 1e-9);
            }
        }
    }

    [Fact]
    public void Labels_of_one_kind_tell_no_threshold()
    {
        Assert.Null(ThresholdRefit.Of([], 0.5, ThresholdAim.F1));
        Assert.Null(ThresholdRefit.Of([Row(0.2, true)], 0.5, ThresholdAim.F1));
        Assert.Null(ThresholdRefit.Of([Row(0.2, false), Row(0.9, false)], 0.5, ThresholdAim.BalancedAccuracy));
    }

    private static double Value(LabelledVerdict[] rows, double threshold, ThresholdAim aim)
    {
        double hits = rows.Count(row => row.Truly && row.Score >= threshold);
        double alarms = rows.Count(row => !row.Truly && row.Score >= threshold);
        double truly = rows.Count(row => row.Truly), safe = rows.Length - truly;
        return aim == ThresholdAim.F1 ? 2 * hits / (hits + alarms + truly) : ((hits / truly) + ((safe - alarms) / safe)) / 2;
    }

    private static LabelledVerdict Row(double score, bool truly) => new(score, score >= 0.5, truly);
}
