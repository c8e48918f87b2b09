using SEAS.Training.Engine.Randomness;
using SEAS.Training.Measures.Calibration;

namespace SEAS.Tests.Measures.Calibration;

public sealed class CalibrationTests
{
    [Fact]
    public void The_error_of_six_scores_can_be_counted_by_hand()
    {
        // bin 0.1: 0.12, 0.18 (mean 0.15), one of two unsafe: |0.5 − 0.15| = 0.35, weight 2/6
        // bin 0.6: 0.6, 0.62, 0.64 (mean 0.62), all unsafe: 0.38, weight 3/6;  last bin: 1.0, unsafe: 0, weight 1/6
        var error = CalibrationError.Of(
            [Row(0.12, false), Row(0.18, true), Row(0.6, true), Row(0.62, true), Row(0.64, true), Row(1, true)]);

        Assert.Equal((2 * 0.35 / 6) + (3 * 0.38 / 6), error.Expected!.Value, 1e-12);
        Assert.Equal(0.38, error.Maximum!.Value, 1e-12);
        Assert.Equal([2, 3, 1], error.Bins.Select(bin => bin.Share.N));
        Assert.Equal((0.9, 1.0), (error.Bins[^1].From, error.Bins[^1].To));
    }

    [Fact]
    public void Scores_that_are_right_have_almost_no_error_and_sure_ones_that_are_not_have_it_all()
    {
        var rows = Enumerable.Range(0, 20_000).Select(index =>
        {
            var random = new RandomStream(2, "calibrated", index);
            var score = random.NextDouble();
            return Row(score, random.Chance(score));
        }).ToArray();

        Assert.InRange(CalibrationError.Of(rows).Expected!.Value, 0, 0.015);
        Assert.Equal(1, CalibrationError.Of([Row(0, true), Row(1, false)]).Expected!.Value, 1e-12);
    }

    [Fact]
    public void Without_labels_there_is_no_error_and_bad_scores_are_refused()
    {
        Assert.Null(CalibrationError.Of([]).Expected);
        Assert.Null(CalibrationError.Of([]).Maximum);
        Assert.Throws<ArgumentOutOfRangeException>(() => CalibrationError.Of([Row(1.2, true)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalibrationError.Of([Row(double.NaN, true)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CalibrationError.Of([Row(0.2, true)], bins: 0));
    }

    [Fact]
    public void Platt_scaling_of_two_scores_gives_each_the_mean_of_its_targets()
    {
        // With two scores the two parameters reach both means. 5 unsafe, 3 safe: targets 6/7 and 1/5 (Platt 1999).
        // score 0.3: 1 unsafe, 3 safe: (6/7 + 3/5)/4 = 51/140; score 0.8: 4 unsafe: 6/7
        var scaling = PlattScaling.Fit(
            [Row(0.3, true), .. Enumerable.Repeat(Row(0.3, false), 3), .. Enumerable.Repeat(Row(0.8, true), 4)])!;

        Assert.Equal(51.0 / 140, scaling.Apply(0.3), 1e-9);
        Assert.Equal(6.0 / 7, scaling.Apply(0.8), 1e-9);

        // slope = (log-odds 6/7 − log-odds 51/140) / (log-odds 0.8 − log-odds 0.3) = (ln 6 − ln 51/89) / (ln 4 − ln 3/7)
        Assert.Equal((Math.Log(6) - Math.Log(51.0 / 89)) / (Math.Log(4) - Math.Log(3.0 / 7)), scaling.Slope, 1e-9);
    }

    [Fact]
    public void A_row_with_half_the_chance_counts_like_two()
    {
        LabelledVerdict[] rest = [Row(0.2, false), Row(0.4, true), Row(0.6, false), Row(0.9, true)];
        var weighted = CalibrationError.Of([.. rest, Row(0.2, true) with { Chance = 0.5 }]);
        var twice = CalibrationError.Of([.. rest, Row(0.2, true), Row(0.2, true)]);

        Assert.Equal(twice.Expected!.Value, weighted.Expected!.Value, 1e-12);
    }

    [Fact]
    public void Platt_scaling_finds_the_curve_that_labels_were_drawn_from()
    {
        var truth = new PlattScaling(0.6, -0.8);
        var rows = Enumerable.Range(0, 40_000).Select(index =>
        {
            var random = new RandomStream(3, "platt", index);
            var score = random.NextDouble();
            return Row(score, random.Chance(truth.Apply(score)));
        }).ToArray();
        var fitted = PlattScaling.Fit(rows)!;

        Assert.Equal(truth.Slope, fitted.Slope, 0.03);
        Assert.Equal(truth.Offset, fitted.Offset, 0.05);
        Assert.True(
            CalibrationError.Of([.. rows.Select(row => row with { Score = fitted.Apply(row.Score) })]).Expected
            < CalibrationError.Of(rows).Expected / 4);
    }

    [Fact]
    public void Labels_that_a_threshold_separates_and_scores_of_zero_and_one_give_finite_numbers()
    {
        var scaling = PlattScaling.Fit([Row(0, false), Row(0, false), Row(1, true), Row(1, true)])!;

        Assert.True(double.IsFinite(scaling.Slope) && double.IsFinite(scaling.Offset), $"{scaling}");
        Assert.Equal(3.0 / 4, scaling.Apply(1), 1e-9);   // (2 + 1)/(2 + 2)
        Assert.Equal(1.0 / 4, scaling.Apply(0), 1e-9);
    }

    [Fact]
    public void What_cannot_be_fitted_is_null()
    {
        Assert.Null(PlattScaling.Fit([]));
        Assert.Null(PlattScaling.Fit([Row(0.2, true), Row(0.7, true)]));
        Assert.Null(PlattScaling.Fit([Row(0.5, true), Row(0.5, false)]));
    }

    [Fact]
    public void The_preview_lists_the_verdicts_that_would_change()
    {
        // σ(2 · log-odds s) passes 0.5 where s does; an offset of −1 moves the border to log-odds 0.5, a score of 0.622
        var preview = new PlattScaling(2, -1).Preview([0.1, 0.55, 0.63, 0.6, 0.9], threshold: 0.5);

        Assert.Equal([1, 3], preview.ToSafe);
        Assert.Empty(preview.ToUnsafe);
        Assert.Equal((2, 5), (preview.Changed, preview.N));
    }

    private static LabelledVerdict Row(double score, bool truly) => new(score, score >= 0.5, truly);
}
