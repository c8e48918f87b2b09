using Microsoft.Data.Sqlite;
using SEAS.Data.Review;
using SEAS.Data.Runs;

namespace SEAS.Tests.Data.Review;

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
        var first = Thresholds.Apply(_at.Run, 0.5, 0.4, "Ann", "best by F1");
        var second = Thresholds.Apply(_at.Run, 0.4, 0.45, "Bob", "too many");

        Assert.Equal([second, first], Thresholds.Changes(_at.Run));
        Assert.Equal((0.5, 0.4, "Ann", "best by F1"), (first.From, first.To, first.Who, first.Reason));
        Assert.True(_at.Review.Changes.Version(_at.Run) > before);
    }

    [Fact]
    public void Who_saw_a_threshold_that_is_no_longer_in_force_is_refused()
    {
        Thresholds.Apply(_at.Run, 0.5, 0.4, "Ann", "");

        var refused = Assert.Throws<ThresholdMovedException>(() => Thresholds.Apply(_at.Run, 0.5, 0.6, "Bob", ""));

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
        Assert.Throws<ArgumentOutOfRangeException>(() => Thresholds.Apply(_at.Run, 0.5, to, "Ann", ""));
        Assert.Empty(Thresholds.Changes(_at.Run));
    }

    [Fact]
    public void A_round_keeps_what_was_in_force_when_its_judging_began()
    {
        Assert.Equal(new RoundThreshold(1, 0.5, null), Thresholds.Freeze(_at.Run, 1, planned: 0.5, used: null));
        var change = Thresholds.Apply(_at.Run, 0.5, 0.4, "Ann", "");

        Assert.Equal(0.5, Thresholds.Freeze(_at.Run, 1, planned: 0.5, used: null).Threshold);
        Assert.Equal(new RoundThreshold(2, 0.4, change.Id), Thresholds.Freeze(_at.Run, 2, planned: 0.5, used: null));
        Assert.Equal([0.5, 0.4], Thresholds.Rounds(_at.Run).Select(round => round.Threshold));
        Assert.Equal(0.4, Thresholds.Round(_at.Run, 2)!.Threshold);
        Assert.Null(Thresholds.Round(_at.Run, 3));
    }

    [Fact]
    public void A_round_that_has_verdicts_already_is_settled_by_theirs()
    {
        Thresholds.Apply(_at.Run, 0.5, 0.4, "Ann", "");

        Assert.Equal(new RoundThreshold(1, 0.55, null), Thresholds.Freeze(_at.Run, 1, planned: 0.5, used: 0.55));
    }

    [Fact]
    public void No_program_can_rewrite_a_change_or_a_settled_round_and_both_go_with_their_run()
    {
        Thresholds.Apply(_at.Run, 0.5, 0.4, "Ann", "");
        Thresholds.Freeze(_at.Run, 1, 0.5, used: null);
        _at.At.Close();

        Assert.Throws<SqliteException>(() => _at.At.Alter("UPDATE review_thresholds SET to_value = 0.9;"));
        Assert.Throws<SqliteException>(() => _at.At.Alter("DELETE FROM review_thresholds;"));
        Assert.Throws<SqliteException>(() => _at.At.Alter("UPDATE review_round_thresholds SET threshold = 0.9;"));
        _at.At.Alter("PRAGMA foreign_keys = ON; DELETE FROM runs;");

        Assert.Empty(Thresholds.Changes(_at.Run));
        Assert.Empty(Thresholds.Rounds(_at.Run));
        Assert.Throws<RunNotFoundException>(() => Thresholds.Apply(_at.Run, 0.5, 0.4, "Ann", ""));
        Assert.Throws<RunNotFoundException>(() => Thresholds.Freeze(_at.Run, 1, 0.5, used: null));
    }
}
