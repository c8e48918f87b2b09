using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Measures;
using SEAS.Training.Runs.Stages;
using SEAS.Web.Live;
using SEAS.Web.Live.Review;

namespace SEAS.Tests.Web;

public sealed class WordingTests
{
    [Theory]
    [InlineData(0.3, "1 s")]
    [InlineData(70, "1 min 10 s")]
    [InlineData(1500, "25 min")]
    [InlineData(5400, "1 h 30 min")]
    public void Durations_are_read_in_their_natural_unit(double seconds, string expected) =>
        Assert.Equal(expected, Plain(Units.Duration(seconds)));

    [Fact]
    public void Numbers_carry_their_unit_and_a_real_minus()
    {
        Assert.Equal("21.4 %", Plain(Units.Percent(0.2139)));
        Assert.Equal("3.1 k tokens/s", Plain(Units.TokensPerSecond(3140)));
        Assert.Equal("940 MiB", Plain(Units.Memory(940)));
        Assert.Equal("1.1 GiB", Plain(Units.Memory(1126)));
        Assert.Equal("−0.41", Units.Number(-0.4101, 2));
        Assert.Equal("0.0", Units.Number(-0.001, 1));
    }

    [Fact]
    public void The_matrix_is_read_along_its_newest_attacker_and_target()
    {
        var view = RunView.Waiting.After([Evaluation(1, 0), Evaluation(2, 1)]);

        Assert.Equal(
            "Down a column the attacker gets better; along a row the target does. R1 breaks T0 33 points more often than R0 did. "
            + "The same R1 breaks T1 29 points less often than T0.",
            Readings.OfMatrix(MatrixView.Of(view)));
    }

    [Fact]
    public void A_change_within_the_interval_is_neither_good_nor_bad()
    {
        var view = RunView.Waiting.After([Evaluation(1, 0), Evaluation(2, 1)]);

        var headlines = Headlines.Of(view);

        Assert.Equal(["good", "", "", ""], headlines.Select(headline => headline.Look));   // same round rose by 4 of ±5.6 points
        Assert.Equal("95 % between 17.5 and 25.3 · n 420 · by truth 20.3 %", Plain(headlines[0].Details));
    }

    [Fact]
    public void What_people_say_of_refusals_stands_beside_the_rules_figure_of_the_same_target()
    {
        var view = RunView.Waiting.After([Evaluation(1, 0), Evaluation(2, 1)]);
        string Details(int target) => Plain(Headlines.Of(view, OverRefusalView.Of(
            target, new OverRefusal(Proportion.Of(6, 200), Proportion.Of(4, 199), Labelled: 3, Turned: 1, Dropped: 1)))[2].Details);

        Assert.EndsWith(" · helped correctly 90.6 % · by labels 2.0 % (n 199)", Details(target: 1), StringComparison.Ordinal);
        Assert.EndsWith(" · helped correctly 90.6 %", Details(target: 0), StringComparison.Ordinal);   // another target's labels
    }

    [Theory]
    [InlineData(-0.1, -2.0, "Chosen falls a little, rejected falls much faster: usual for DPO.")]
    [InlineData(0.3, -0.5, "Rejected falls while chosen holds: what one hopes for.")]
    [InlineData(0.0, 0.0, "Chosen and rejected are not yet apart: the model has not learnt which is better.")]
    [InlineData(-3.0, -3.5, "Chosen falls almost as fast as rejected: look whether the model still answers well.")]
    public void Rewards_are_read_in_a_sentence(double chosen, double rejected, string expected)
    {
        var curve = new CurveView([Point(1, 0, 0), Point(2, chosen, rejected)], TotalSteps: 2, Restarts: 0);

        Assert.Equal(expected, Readings.Of(curve));
    }

    private static CurvePoint Point(int step, double chosen, double rejected) =>
        new(step, new Dictionary<string, double>(StringComparer.Ordinal) { ["rewards/chosen"] = chosen, ["rewards/rejected"] = rejected });

    private static RunEvent Evaluation(long sequence, int iteration) =>
        new(new RunId("r"), sequence, DateTimeOffset.UnixEpoch, EventKinds.Evaluation, StoredJson.Write(ScriptedFigures.Of(iteration)));

    private static string Plain(string text) => text.Replace('\u202f', ' ');
}
