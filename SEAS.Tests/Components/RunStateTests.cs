using Bunit;
using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;
using SEAS.Web.Components.Pages.RunDetail;
using SEAS.Web.Components.Pages.Runs;
using SEAS.Web.Live;

namespace SEAS.Tests.Components;

/// <summary>How far a run is, what it needs and what it asks of people.</summary>
public sealed class RunStateTests : ComponentTest
{
    private static readonly StageKey s_attack = new(1, RunStage.Attack);

    [Fact]
    public void A_machine_of_which_nothing_is_known_shows_dashes() =>
        Assert.Equal(["–", "–", "–"], Machine(EngineView.Unknown, isRunning: true).AllShown("dd"));

    [Fact]
    public void A_machine_shows_each_figure_with_its_unit_and_neither_speed_nor_time_left_once_the_run_rests()
    {
        var engine = new EngineView(TokensPerSecond: 3140, MemoryMib: 1126, SecondsLeft: 70, Speeds: []);

        Assert.Equal(["3.1 k tokens/s", "1.1 GiB", "1 min 10 s"], Machine(engine, isRunning: true).AllShown("dd"));
        Assert.Equal(["–", "1.1 GiB", "–"], Machine(engine, isRunning: false).AllShown("dd"));
        Assert.Equal("640 MiB", Machine(engine with { MemoryMib = 640 }, isRunning: true).AllShown("dd")[1]);
    }

    [Fact]
    public void A_stage_at_work_says_how_much_of_it_is_done_and_one_of_a_stopped_run_that_it_pauses()
    {
        var view = RunView.Waiting with
        {
            Current = s_attack,
            Stages = RunView.Waiting.Stages.Add(s_attack, new StageView(Done: 30, Total: 120, Seconds: null)),
        };

        var strip = Strip(view, isRunning: true);

        Assert.Equal(["waits", "30 of 120"], strip.AllShown(".title .num"));
        Assert.Equal("attack: at work, 25 percent", strip.Shown(".stages .now"));
        Assert.Equal("--part: 25%", strip.Attribute(".stages .now i", "style"));
        Assert.Equal("attack: begun, not finished", Strip(view, isRunning: false).Shown(".stages .paused"));
        Assert.Equal(["waits", "paused"], Strip(view, isRunning: false).AllShown(".title .num"));
    }

    [Fact]
    public void A_finished_round_shows_what_its_stages_took_together()
    {
        var strip = Strip(
            RunView.Waiting with
            {
                Stages = RunView.Waiting.Stages
                    .Add(new StageKey(0, RunStage.Initialization), new StageView(2, 2, Seconds: 60))
                    .Add(new StageKey(0, RunStage.Evaluation), new StageView(1, 1, Seconds: 12)),
            },
            isRunning: true);

        Assert.Equal(["✓ 1:12", "waits"], strip.AllShown(".title .num"));
        Assert.Equal(["tune R0 and T0: done in 1 min 0 s", "evaluate: done in 12 s"], strip.AllShown(".stages .done"));
    }

    [Fact]
    public void Without_endpoints_there_is_no_card_of_them() =>
        Assert.Equal("", Render<EndpointCard>(card => card.Add(own => own.View, RunView.Waiting)).Markup.Trim());

    [Fact]
    public void An_endpoint_counts_what_it_cost_and_names_only_troubles_that_there_were()
    {
        var calm = new EndpointView(EndpointRole.Target, "models.example", "small", ["small"], 1234, 0, 5678, 90, 0, 0);
        var troubled = calm with { Role = EndpointRole.Judge, AnsweredBy = ["small-2"], Retries = 2, Uncounted = 3, Withheld = 4 };

        var card = Render<EndpointCard>(own => own.Add(endpoints => endpoints.View, RunView.Waiting with
        {
            Endpoints = RunView.Waiting.Endpoints.Add(calm.Role, calm).Add(troubled.Role, troubled),
        }));

        Assert.Equal(["Target", "Guard"], card.AllShown(".tag"));
        Assert.Equal(
            [
                "small at models.example 1,234 answers · 5,678 + 90 tokens",
                "small at models.example, answered by small-2 1,234 answers · 5,678 + 90 tokens · 2 tried again · 3 not counted by the server "
                    + "· 4 withheld by its filter",
            ],
            card.AllShown(".item p"));
    }

    [Fact]
    public void A_round_that_waits_for_people_says_how_many_labels_are_wanted_and_only_while_it_runs()
    {
        var view = RunView.Waiting with { ForPeople = new WaitingView(Round: 2, Labels: 3, Wanted: 10, Items: 40) };

        Assert.Equal("Round 2 waits for you: 3 of 10 labels. Label", Needs(RunStatus.Running, view).Shown(".item p"));
        Assert.Equal(["stopped"], Needs(RunStatus.Stopped, view).AllShown(".tag"));
    }

    [Theory]
    [InlineData(1, "One answer waits for a label. Review")]
    [InlineData(1200, "1,200 answers wait for a label. Review")]
    public void Answers_without_a_label_are_counted(long left, string sentence) =>
        Assert.Equal(sentence, Needs(RunStatus.Running, RunView.Waiting, left).Shown(".item p"));

    [Fact]
    public void A_run_that_needs_nobody_says_so()
    {
        Assert.Equal("Nothing now. The run goes on by itself.", Needs(RunStatus.Running, RunView.Waiting).Shown(".sub"));
        Assert.Equal("Nothing. The run did everything that its plan asked for.", Needs(RunStatus.Finished, RunView.Waiting).Shown(".sub"));
        Assert.Empty(Needs(RunStatus.Failed, RunView.Waiting).FindAll(".sub"));
    }

    [Fact]
    public void The_list_of_runs_has_dashes_for_one_that_has_not_begun_and_stops_the_one_whose_button_is_pressed()
    {
        var stopped = new List<RunId>();
        RunSummary[] runs = [
            new(new RunId("embedded-2"), "Embedded · seed 2", RunStatus.Queued, StartedUtc: null, "–", "–"),
            new(new RunId("embedded-1"), "Embedded · seed 1", RunStatus.Finished, default(DateTimeOffset), "3 of 3 done", "50.0 → 20.0 %"),
        ];

        var table = Render<RunTable>(own => own.Add(card => card.Runs, runs).Add(card => card.OnStop, stopped.Add));

        Assert.EndsWith(" queued – – – Stop", table.Rows("tbody tr")[0], StringComparison.Ordinal);
        Assert.EndsWith(" 3 of 3 done 50.0 → 20.0 % ", table.Rows("tbody tr")[1], StringComparison.Ordinal);
        Assert.Equal("Embedded · seed 1", table.Shown("tr:nth-child(2) a"));
        Assert.Single(table.FindAll("button")).Click();
        Assert.Equal([new RunId("embedded-2")], stopped);
    }

    private IRenderedComponent<EngineCard> Machine(EngineView engine, bool isRunning) =>
        Render<EngineCard>(card => card.Add(own => own.Engine, engine).Add(own => own.IsRunning, isRunning));

    private IRenderedComponent<StageStrip> Strip(RunView view, bool isRunning) => Render<StageStrip>(strip => strip
        .Add(own => own.Run, Measured.Id).Add(own => own.View, view).Add(own => own.Rounds, 1).Add(own => own.IsRunning, isRunning));

    private IRenderedComponent<NeedsYou> Needs(RunStatus status, RunView view, long left = 0) => Render<NeedsYou>(card => card
        .Add(own => own.Run, new Run(Measured.Id, "embedded", 1, status, "{}", "hash", default, null, null, null, ActiveSeconds: 0))
        .Add(own => own.View, view).Add(own => own.Left, left));
}
