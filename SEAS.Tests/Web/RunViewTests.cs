using System.Text.Json;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Web.Live;

namespace SEAS.Tests.Web;

public sealed class RunViewTests
{
    private static readonly RunId s_run = new("embedded-1");

    private long _sequence;

    [Fact]
    public void Any_cut_of_the_events_into_batches_gives_the_same_view()
    {
        RunEvent[] events = [
            Event(EventKinds.StageStarted, new { round = 1, stage = RunStage.Attack, total = 300 }),
            Event(EventKinds.Progress, new { round = 1, stage = RunStage.Attack, done = 120, total = 300, tokensPerSecond = 3100.0 }),
            Event(EventKinds.StageFinished, new { round = 1, stage = RunStage.Attack, seconds = 31.4 }),
            Event(EventKinds.Evaluation, ScriptedFigures.Of(0)),
        ];

        var atOnce = RunView.Waiting.After(events);
        var oneByOne = events.Aggregate(RunView.Waiting, (view, happened) => view.After([happened]));

        Assert.Equal(4, atOnce.LastSequence);
        Assert.Equal(atOnce.LastSequence, oneByOne.LastSequence);
        Assert.Equal(atOnce.Stages, oneByOne.Stages);
        Assert.Equal(31.4, atOnce.Stages[new StageKey(1, RunStage.Attack)].Seconds);
        Assert.Equal(3100.0, atOnce.Engine.TokensPerSecond);
        Assert.Equal(0.615, atOnce.Evaluations[0].Static!.Asr.Rate);
    }

    [Fact]
    public void Events_that_are_known_already_change_nothing()
    {
        var alert = Event(EventKinds.Alert, new { text = "Look." });
        var view = RunView.Waiting.After([alert]);

        Assert.Same(view, view.After([alert]));
    }

    [Fact]
    public void A_finished_stage_that_a_resumed_run_walks_through_again_keeps_its_time()
    {
        var view = RunView.Waiting.After([
            Event(EventKinds.StageStarted, new { round = 1, stage = RunStage.Attack, total = 300 }),
            Event(EventKinds.StageFinished, new { round = 1, stage = RunStage.Attack, seconds = 31.4 }),
            Event(EventKinds.StageStarted, new { round = 1, stage = RunStage.Judge, total = 6 }),
            Event(EventKinds.RunStopped, new { }),
            Event(EventKinds.RunStarted, new { }),
            Event(EventKinds.StageStarted, new { round = 1, stage = RunStage.Attack, total = 300 }),
            Event(EventKinds.StageFinished, new { round = 1, stage = RunStage.Attack, seconds = 0.1 }),
        ]);

        Assert.Equal(31.4, view.Stages[new StageKey(1, RunStage.Attack)].Seconds);
        Assert.Equal(new StageKey(1, RunStage.Judge), view.Current);
    }

    [Fact]
    public void A_tuning_that_begins_again_drops_what_the_lost_attempt_showed()
    {
        var view = RunView.Waiting.After([Metrics(1, 0.7), Metrics(2, 0.6), Metrics(3, 0.5), Metrics(1, 0.71), Metrics(2, 0.61)]);

        var curve = view.Curves[new CurveKey(ModelRole.Target, 1)];
        Assert.Equal([0.71, 0.61], curve.Points.Select(point => point["loss"]));
        Assert.Equal(1, curve.Restarts);
    }

    [Fact]
    public void The_initialization_advances_with_the_steps_of_both_tunings()
    {
        var view = RunView.Waiting.After([
            Event(EventKinds.StageStarted, new { round = 0, stage = RunStage.Initialization, total = 2 }), Metrics(3, 0.5, round: 0),
        ]);

        Assert.Equal(0.5, view.Stages[new StageKey(0, RunStage.Initialization)].Fraction);   // T0 is done, R0 has not begun
    }

    [Fact]
    public void Only_the_newest_attacks_are_kept_the_newest_first()
    {
        var view = RunView.Waiting.After(Enumerable.Range(0, 50).Select(i => Event(EventKinds.Attack, new
        {
            round = 1, seed = i, prompt = 0, answer = 0, category = "Role_Play", promptText = "p", answerText = "a",
            score = 0.97, @unsafe = true,
        })));

        Assert.Equal(8, view.Attacks.Count);
        Assert.Equal(50, view.Attacks[0].Sequence);
        Assert.Equal("Role_Play", view.Attacks[0].Category);
        Assert.Null(view.Attacks[0].TrulyUnsafe);
    }

    [Fact]
    public void A_kind_from_a_newer_version_is_passed_over()
    {
        var view = RunView.Waiting.After([Event("new-in-a-later-version", new { x = 1 })]);

        Assert.Equal(1, view.LastSequence);
    }

    [Fact]
    public void A_payload_that_cannot_be_read_is_named()
    {
        var damaged = Event(EventKinds.StageStarted, new { round = "one" });

        var error = Assert.Throws<JsonException>(() => RunView.Waiting.After([damaged]));

        Assert.StartsWith("Event 1 of run embedded-1 (stage-started) cannot be read", error.Message, StringComparison.Ordinal);
    }

    private RunEvent Metrics(int step, double loss, int round = 1) => Event(EventKinds.Metrics, new
    {
        role = ModelRole.Target, round, step, totalSteps = 3, values = new Dictionary<string, double> { ["loss"] = loss },
    });

    private RunEvent Event(string kind, object payload) => new(s_run, ++_sequence, DateTimeOffset.UnixEpoch, kind, StoredJson.Write(payload));
}
