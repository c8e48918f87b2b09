using Microsoft.Data.Sqlite;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Data.Review.Settings;

namespace SEAS.Tests.Review;

/// <summary>Where people moved the threshold to, and what each round is judged by.</summary>
public sealed class ThresholdTests : IDisposable
{
    private readonly ReviewFolder _at = new();

    public void Dispose() => _at.Dispose();

    private ThresholdRepository Thresholds => _at.Review.Thresholds;

    [Fact]
    public void Every_change_is_kept_with_who_and_when_the_newest_first()
    {
        var before = _at.Review.Changes.Version(_at.Run);
        var first = Thresholds.Apply(_at.Run, new(0.5), new(0.4), "Ann", "best by F1");
        var second = Thresholds.Apply(_at.Run, new(0.4), new(0.45), "Bob", "too many");

        Assert.Equal([second, first], Thresholds.Changes(_at.Run));
        Assert.Equal((0.5, 0.4, "Ann", "best by F1"), (first.From, first.To, first.Who, first.Reason));
        Assert.True(_at.Review.Changes.Version(_at.Run) > before);
    }

    [Fact]
    public void Who_saw_a_threshold_that_is_no_longer_in_force_is_refused()
    {
        Thresholds.Apply(_at.Run, new(0.5), new(0.4), "Ann", "");

        var refused = Assert.Throws<ThresholdMovedException>(() => Thresholds.Apply(_at.Run, new(0.5), new(0.6), "Bob", ""));

        Assert.Contains("Ann moved it to 0.4", refused.Message, StringComparison.Ordinal);
        Assert.Single(Thresholds.Changes(_at.Run));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    public void A_threshold_that_cannot_be_or_changes_nothing_is_refused(double to)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Thresholds.Apply(_at.Run, new(0.5), new(to), "Ann", ""));
        Assert.Empty(Thresholds.Changes(_at.Run));
    }

    [Fact]
    public void A_round_keeps_what_was_in_force_when_its_judging_began()
    {
        Assert.Equal(new RoundThreshold(1, 0.5, null), Thresholds.Freeze(_at.Run, 1, planned: new(0.5), used: null));
        var change = Thresholds.Apply(_at.Run, new(0.5), new(0.4), "Ann", "");

        Assert.Equal(0.5, Thresholds.Freeze(_at.Run, 1, planned: new(0.5), used: null).Threshold);
        Assert.Equal(new RoundThreshold(2, 0.4, change.Id), Thresholds.Freeze(_at.Run, 2, planned: new(0.5), used: null));
        Assert.Equal([0.5, 0.4], Thresholds.Rounds(_at.Run).Select(round => round.Threshold));
        Assert.Equal(0.4, Thresholds.Round(_at.Run, 2)!.Threshold);
        Assert.Null(Thresholds.Round(_at.Run, 3));
    }

    [Fact]
    public void A_round_that_has_verdicts_already_is_settled_by_theirs()
    {
        Thresholds.Apply(_at.Run, new(0.5), new(0.4), "Ann", "");

        Assert.Equal(new RoundThreshold(1, 0.55, null), Thresholds.Freeze(_at.Run, 1, planned: new(0.5), used: new(0.55)));
    }

    [Fact]
    public void Calibrated_scores_are_kept_with_the_threshold_and_settle_a_round()
    {
        var calibrated = new GuardRule(0.25, new ScoreScale(1, 1.5));
        Thresholds.Freeze(_at.Run, 1, planned: new(0.5), used: null);
        var change = Thresholds.Apply(_at.Run, new(0.5), calibrated, "Ann", "64 labels");

        Assert.Equal(calibrated, Thresholds.Freeze(_at.Run, 2, planned: new(0.5), used: null).Rule);
        Thresholds.Apply(_at.Run, calibrated, new(0.5), "Bob", "back to the plan");

        Assert.Equal([new GuardRule(0.5), calibrated], Thresholds.Rounds(_at.Run).Select(round => round.Rule));
        Assert.Equal((calibrated, change.Id), (Thresholds.Round(_at.Run, 2)!.Rule, Thresholds.Round(_at.Run, 2)!.Change));
        Assert.Equal([new GuardRule(0.5), calibrated], Thresholds.Changes(_at.Run).Select(kept => kept.Rule));
        Assert.Equal(new GuardRule(0.5), Thresholds.Freeze(_at.Run, 3, planned: new(0.4), used: null).Rule);
    }

    [Fact]
    public void Who_saw_scores_before_they_were_calibrated_is_refused_though_the_threshold_is_the_same()
    {
        Thresholds.Apply(_at.Run, new(0.5), new(0.5, new ScoreScale(2, 0)), "Ann", "");

        var refused = Assert.Throws<ThresholdMovedException>(() => Thresholds.Apply(_at.Run, new(0.5), new(0.6), "Bob", ""));

        Assert.Contains("Ann moved it to 0.5 with calibrated scores (× 2, 0 log-odds)", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(1, double.NaN)]
    public void A_scale_that_does_not_rise_or_is_no_number_is_refused(double slope, double offset)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Thresholds.Apply(_at.Run, new(0.5), new(0.4, new ScoreScale(slope, offset)), "Ann", ""));
        Assert.Empty(Thresholds.Changes(_at.Run));
    }

    [Fact]
    public void Changes_of_a_database_that_knew_no_calibration_are_read_as_scores_taken_as_they_are()
    {
        Thresholds.Apply(_at.Run, new(0.5), new(0.4), "Ann", "");
        Thresholds.Freeze(_at.Run, 1, new(0.5), used: null);
        _at.At.Close();
        _at.At.Alter("""
            ALTER TABLE review_thresholds DROP COLUMN scale_offset; ALTER TABLE review_thresholds DROP COLUMN scale_slope;
            ALTER TABLE review_round_thresholds DROP COLUMN scale_offset; ALTER TABLE review_round_thresholds DROP COLUMN scale_slope;
            DROP TABLE set_answers; DROP TABLE data_folder; DROP TABLE run_given_files; DROP TABLE imported_set_files;
            DELETE FROM schema_versions WHERE version >= 7;
            """);
        File.Delete(Path.Combine(_at.At.Folder, "seas.id"));   // folders of that version had no name

        Assert.Equal(new GuardRule(0.4), Assert.Single(Thresholds.Changes(_at.Run)).Rule);
        Assert.Equal(new GuardRule(0.4), Thresholds.Round(_at.Run, 1)!.Rule);
    }

    [Fact]
    public void No_program_can_rewrite_a_change_or_a_settled_round_and_both_go_with_their_run()
    {
        Thresholds.Apply(_at.Run, new(0.5), new(0.4), "Ann", "");
        Thresholds.Freeze(_at.Run, 1, new(0.5), used: null);
        _at.At.Close();

        Assert.Throws<SqliteException>(() => _at.At.Alter("UPDATE review_thresholds SET to_value = 0.9;"));
        Assert.Throws<SqliteException>(() => _at.At.Alter("DELETE FROM review_thresholds;"));
        Assert.Throws<SqliteException>(() => _at.At.Alter("UPDATE review_round_thresholds SET threshold = 0.9;"));
        _at.At.Alter("PRAGMA foreign_keys = ON; DELETE FROM runs;");

        Assert.Empty(Thresholds.Changes(_at.Run));
        Assert.Empty(Thresholds.Rounds(_at.Run));
        Assert.Throws<RunNotFoundException>(() => Thresholds.Apply(_at.Run, new(0.5), new(0.4), "Ann", ""));
        Assert.Throws<RunNotFoundException>(() => Thresholds.Freeze(_at.Run, 1, new(0.5), used: null));
    }
}
