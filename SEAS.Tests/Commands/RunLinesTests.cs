using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Web.Commands;
using SEAS.Web.Live;

namespace SEAS.Tests.Commands;

public sealed class RunLinesTests
{
    private readonly RunLines _lines = new(rounds: 3);

    [Fact]
    public void A_finished_stage_leaves_a_line_with_its_round_and_time() =>
        Assert.Equal(
            ["round 2/3: attack            12.5 s"],
            _lines.Read(Event(EventKinds.StageFinished, """{"round":2,"stage":"Attack","seconds":12.5}""")).Finished);

    [Fact]
    public void Progress_moves_the_bar_and_names_speed_memory_and_time_left()
    {
        var (finished, present) = _lines.Read(Event(
            EventKinds.Progress,
            """{"round":1,"stage":"OptimizeTarget","done":3,"total":8,"tokensPerSecond":1500,"rssMib":812,"secondsLeft":130}"""));

        Assert.Empty(finished);
        Assert.Equal(new PresentStage("round 1/3: tune T · 1,500 tokens/s · 812 MiB · 2 min 10 s left in all", 3, 8), present);
    }

    [Fact]
    public void Time_left_that_nobody_knows_yet_is_not_shown() =>
        Assert.DoesNotContain(
            "left",
            _lines.Read(Event(
                EventKinds.Progress,
                """{"round":0,"stage":"Initialization","done":0,"total":0,"tokens":0,"tokensPerSecond":0,"rssMib":1,"secondsLeft":null}"""))
                .Present!.Text,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(0.44, "0.4 s")]
    [InlineData(99.9, "99.9 s")]
    [InlineData(130, "2 min 10 s")]
    [InlineData(7260, "2 h 01 min")]
    public void Durations_read_as_a_person_says_them(double seconds, string expected) => Assert.Equal(expected, RunLines.Duration(seconds));

    private static RunEvent Event(string kind, string json) => new(new RunId("embedded-1"), 1, DateTimeOffset.UnixEpoch, kind, json);
}
