using SEAS.Data.Contracts;
using SEAS.Data.Runs;

namespace SEAS.Tests.Storage;

public sealed class RunRepositoryTests : IDisposable
{
    private readonly StoreFolder _at = new();

    private RunRepository Runs => _at.Store.Runs;

    public void Dispose() => _at.Dispose();

    [Fact]
    public void A_new_run_is_queued_and_reads_back_as_it_was_created()
    {
        var created = Runs.Create("embedded", 7, """{"rounds":3}""", "abc");

        Assert.Equal(
            new Run(
                new RunId("embedded-7"), "embedded", 7, RunStatus.Queued, """{"rounds":3}""", "abc", _at.Clock.Now, null, null, null, 0),
            created);
        Assert.Equal(created, Runs.Find(created.Id));
        Assert.Equal(created, Runs.Get(created.Id));
    }

    [Fact]
    public void Names_follow_preset_and_seed_and_count_up_when_taken()
    {
        Assert.Equal("embedded-1", Runs.NextId("embedded", 1).Value);
        var names = Enumerable.Range(0, 3).Select(_ => Runs.Create("embedded", 1, "{}", "h").Id.Value).ToArray();

        Assert.Equal(["embedded-1", "embedded-1-2", "embedded-1-3"], names);
        Assert.Equal("embedded-1-4", Runs.NextId("embedded", 1).Value);
        Assert.Equal("smoke-1", Runs.NextId("smoke", 1).Value);
    }

    [Fact]
    public void A_name_may_be_chosen_but_not_twice()
    {
        Runs.Create("embedded", 1, "{}", "h", new RunId("mine"));

        var refused = Assert.Throws<RunExistsException>(() => Runs.Create("embedded", 1, "{}", "h", new RunId("mine")));
        Assert.Contains("mine", refused.Message, StringComparison.Ordinal);
        Assert.Single(Runs.List());
    }

    [Fact]
    public void The_list_begins_with_the_newest()
    {
        _at.NewRun(seed: 1);
        _at.NewRun(seed: 2);

        Assert.Equal(["embedded-2", "embedded-1"], Runs.List().Select(run => run.Id.Value));
    }

    [Fact]
    public void An_unknown_run_is_null_to_find_and_an_error_to_get()
    {
        var id = new RunId("nobody");

        Assert.Null(Runs.Find(id));
        Assert.Contains("nobody", Assert.Throws<RunNotFoundException>(() => Runs.Get(id)).Message, StringComparison.Ordinal);
        Assert.Throws<RunNotFoundException>(() => Runs.MarkRunning(id));
        Assert.Throws<RunNotFoundException>(() => Runs.AddActiveSeconds(id, 1));
    }

    [Fact]
    public void A_run_that_goes_through_keeps_its_instants()
    {
        var id = _at.NewRun().Id;
        var start = _at.Clock.Now = _at.Clock.Now.AddMinutes(1);
        Assert.Equal((RunStatus.Running, start), (Runs.MarkRunning(id).Status, Runs.Get(id).StartedUtc!.Value));

        var end = _at.Clock.Now = _at.Clock.Now.AddTicks(1234567);
        var finished = Runs.MarkFinished(id);

        Assert.Equal((RunStatus.Finished, start, end), (finished.Status, finished.StartedUtc!.Value, finished.FinishedUtc!.Value));
    }

    [Fact]
    public void A_failed_run_keeps_its_error_until_it_is_resumed_and_its_first_start_for_ever()
    {
        var id = _at.NewRun().Id;
        var start = Runs.MarkRunning(id).StartedUtc;
        Assert.Equal("disk full", Runs.MarkFailed(id, "disk full").Error);

        _at.Clock.Now = _at.Clock.Now.AddHours(1);
        var resumed = Runs.MarkRunning(Runs.MarkQueued(id).Id);

        Assert.Null(resumed.Error);
        Assert.Null(resumed.FinishedUtc);
        Assert.Equal(start, resumed.StartedUtc);
    }

    [Theory]
    [InlineData(RunStatus.Queued, RunStatus.Running, true)]
    [InlineData(RunStatus.Queued, RunStatus.Stopped, true)]
    [InlineData(RunStatus.Queued, RunStatus.Failed, true)]
    [InlineData(RunStatus.Queued, RunStatus.Finished, false)]
    [InlineData(RunStatus.Running, RunStatus.Running, false)]
    [InlineData(RunStatus.Running, RunStatus.Stopped, true)]
    [InlineData(RunStatus.Running, RunStatus.Queued, false)]
    [InlineData(RunStatus.Stopped, RunStatus.Running, true)]
    [InlineData(RunStatus.Stopped, RunStatus.Queued, true)]
    [InlineData(RunStatus.Stopped, RunStatus.Finished, false)]
    [InlineData(RunStatus.Failed, RunStatus.Running, true)]
    [InlineData(RunStatus.Failed, RunStatus.Stopped, false)]
    [InlineData(RunStatus.Finished, RunStatus.Running, false)]
    [InlineData(RunStatus.Finished, RunStatus.Queued, false)]
    public void Only_sensible_moves_are_allowed(RunStatus from, RunStatus to, bool allowed)
    {
        var id = _at.NewRun().Id;
        Bring(id, from);

        if (allowed)
        {
            Assert.Equal(to, Move(id, to).Status);
            return;
        }

        var refused = Assert.Throws<RunTransitionException>(() => Move(id, to));
        Assert.Equal((from, to), (refused.From, refused.To));
        Assert.StartsWith($"Run embedded-1 cannot become {to}: it is {from}.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(from, Runs.Get(id).Status);
    }

    [Fact]
    public void Active_seconds_add_up()
    {
        var id = _at.NewRun().Id;
        Runs.AddActiveSeconds(id, 1.5);
        Runs.AddActiveSeconds(id, 2.25);

        Assert.Equal(3.75, Runs.Get(id).ActiveSeconds);
    }

    [Fact]
    public void Runs_of_a_dead_process_become_stopped_at_their_last_sign_of_life()
    {
        var (dead, waiting, silent) = (_at.NewRun(seed: 1).Id, _at.NewRun(seed: 2).Id, _at.NewRun(seed: 3).Id);
        Runs.MarkRunning(dead);
        Runs.MarkRunning(silent);
        var started = _at.Clock.Now;
        var seen = _at.Clock.Now = started.AddMinutes(3);
        _at.Store.Units.Record(dead, new UnitKey(0, RunStage.Attack, 0), "{}");
        _at.Clock.Now = started.AddDays(1);

        Assert.Equal(["embedded-1", "embedded-3"], Runs.RecoverInterrupted().Select(id => id.Value).Order(StringComparer.Ordinal));

        Assert.Equal((RunStatus.Stopped, seen), (Runs.Get(dead).Status, Runs.Get(dead).FinishedUtc!.Value));
        Assert.Equal((RunStatus.Stopped, started), (Runs.Get(silent).Status, Runs.Get(silent).FinishedUtc!.Value));
        Assert.Equal(RunStatus.Queued, Runs.Get(waiting).Status);
        Assert.Empty(Runs.RecoverInterrupted());
    }

    private void Bring(RunId id, RunStatus to)
    {
        if (to != RunStatus.Queued)
        {
            Runs.MarkRunning(id);
        }

        if (to is not (RunStatus.Queued or RunStatus.Running))
        {
            Move(id, to);
        }
    }

    private Run Move(RunId id, RunStatus to) => to switch
    {
        RunStatus.Queued => Runs.MarkQueued(id),
        RunStatus.Running => Runs.MarkRunning(id),
        RunStatus.Stopped => Runs.MarkStopped(id),
        RunStatus.Failed => Runs.MarkFailed(id, "why"),
        _ => Runs.MarkFinished(id),
    };
}
