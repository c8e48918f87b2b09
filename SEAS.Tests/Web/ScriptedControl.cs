using System.Collections.Concurrent;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Feed;
using SEAS.Web.Live;

namespace SEAS.Tests.Web;

/// <summary>Starts runs that play a script: real rows and real events, no training.</summary>
internal sealed class ScriptedControl(Store store, RunFeed feed, Task? hold) : IRunControl
{
    private readonly ConcurrentDictionary<RunId, CancellationTokenSource> _stops = new();
    private readonly ConcurrentDictionary<RunId, IReadOnlyList<string>> _sets = new();

    public IReadOnlyList<PresetView> Presets { get; } =
        [new("embedded", "Three rounds, played from a script."), new("smoke", "The same, shorter.")];

    public IReadOnlyList<string> Elsewhere { get; } = ["The guard is g at 127.0.0.1:9 (SEAS_JUDGE_BASE_URL)."];

    public RunId Start(string preset, long seed, IReadOnlyList<string>? evaluation = null)
    {
        var run = store.Runs.Create(preset, seed, """{ "Rounds": 3 }""", "9f3c21a07b44");
        _sets[run.Id] = evaluation ?? [];
        Play(run.Id);
        return run.Id;
    }

    public void Stop(RunId run) => _stops[run].Cancel();

    public void Resume(RunId run) => Play(run);

    public bool GoOn(RunId run, string who) => false;   // no scripted round waits

    public RunId Branch(RunId parent, int round) => Start("embedded", round);

    private void Play(RunId run)
    {
        var stop = new CancellationTokenSource();
        _stops[run] = stop;
        var script = new ScriptedRun(store, feed, run, hold, _sets.GetValueOrDefault(run));
        _ = Task.Run(() => script.PlayAsync(stop.Token), CancellationToken.None);
    }
}
