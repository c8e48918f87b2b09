using System.Collections.Immutable;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Endpoints;
using SEAS.Web.Components.Pages.RunDetail;

namespace SEAS.Web.Live;

/// <summary>What a page knows of a run, folded from its numbered events.</summary>
/// <remarks>The same events give the same view, in every tab and after every restart.</remarks>
public sealed record RunView
{
    private const int NewestAttacks = 8;
    private const int NewestAlerts = 20;

    /// <summary>Nothing has happened yet.</summary>
    public static RunView Waiting { get; } = new();

    /// <summary>The number of the last event in here; a reader continues after it.</summary>
    public long LastSequence { get; init; }

    /// <summary>Stages that were started, by round and stage.</summary>
    public ImmutableDictionary<StageKey, StageView> Stages { get; init; } = ImmutableDictionary<StageKey, StageView>.Empty;

    /// <summary>The stage at work; null before the first.</summary>
    public StageKey? Current { get; init; }

    /// <summary>Speed, memory and time left, as last told.</summary>
    public EngineView Engine { get; init; } = EngineView.Unknown;

    /// <summary>What was measured, by iteration.</summary>
    public ImmutableSortedDictionary<int, EvaluationView> Evaluations { get; init; } = ImmutableSortedDictionary<int, EvaluationView>.Empty;

    /// <summary>A sample of judged attacks, the newest first.</summary>
    public ImmutableList<AttackView> Attacks { get; init; } = [];

    /// <summary>What a person should know, the newest first.</summary>
    public ImmutableList<AlertView> Alerts { get; init; } = [];

    /// <summary>The round that waits for people's labels; null while none does.</summary>
    public WaitingView? ForPeople { get; init; }

    /// <summary>What was asked of models behind endpoints.</summary>
    public ImmutableSortedDictionary<EndpointRole, EndpointView> Endpoints { get; init; } =
        ImmutableSortedDictionary<EndpointRole, EndpointView>.Empty;

    /// <summary>The curves of each tuning, by role and round.</summary>
    public ImmutableDictionary<CurveKey, CurveView> Curves { get; init; } = ImmutableDictionary<CurveKey, CurveView>.Empty;

    /// <summary>The view after these events; events that it already holds change nothing.</summary>
    public RunView After(IEnumerable<RunEvent> events) =>
        events.Aggregate(this, (view, happened) => happened.Sequence <= view.LastSequence
            ? view
            : view.After(happened) with { LastSequence = happened.Sequence });

    private RunView After(RunEvent happened) => happened.Kind switch
    {
        EventKinds.StageStarted => Started(happened.Read<StageStartedEvent>()),
        EventKinds.StageFinished => Finished(happened.Read<StageFinishedEvent>()),
        EventKinds.Progress => Advanced(happened.Read<ProgressEvent>()),
        EventKinds.Metrics => Learned(happened.Read<MetricsEvent>()),
        EventKinds.Attack => this with { Attacks = Newest(Attacks, AttackView.From(happened), NewestAttacks) },
        EventKinds.Alert => this with { Alerts = Newest(Alerts, AlertView.From(happened), NewestAlerts) },
        EventKinds.Evaluation => Measured(happened.Read<EvaluationView>()),
        EventKinds.Endpoint => Asked(happened.Read<EndpointView>()),
        EventKinds.ReviewWaiting => this with { ForPeople = happened.Read<WaitingView>() },
        EventKinds.ReviewReleased => this with { ForPeople = null },
        EventKinds.RunFinished => this with { Current = null, Engine = Engine with { SecondsLeft = null } },
        _ => this,
    };

    // A resumed run walks through its finished stages again; what they took the first time stands.
    private RunView Started(StageStartedEvent stage)
    {
        var key = new StageKey(stage.Round, stage.Stage);
        return Stages.TryGetValue(key, out var known) && known.Seconds is not null
            ? this
            : this with { Current = key, Stages = Stages.SetItem(key, new StageView(Done: 0, stage.Total, Seconds: null)) };
    }

    private RunView Finished(StageFinishedEvent stage)
    {
        var key = new StageKey(stage.Round, stage.Stage);
        var known = Stages.GetValueOrDefault(key) ?? new StageView(Done: 0, Total: 0, Seconds: null);
        return known.Seconds is not null
            ? this
            : this with { Stages = Stages.SetItem(key, known with { Done = known.Total, Seconds = stage.Seconds }) };
    }

    private RunView Advanced(ProgressEvent progress)
    {
        var key = new StageKey(progress.Round, progress.Stage);
        var stages = Stages.TryGetValue(key, out var known) && known.Seconds is not null
            ? Stages
            : Stages.SetItem(key, new StageView(progress.Done, progress.Total, Seconds: null) { Known = known?.Known ?? 0 });
        return this with { Stages = stages, Engine = Engine.After(progress) };
    }

    private RunView Learned(MetricsEvent metrics)
    {
        var key = new CurveKey(metrics.Role, metrics.Round);
        var curves = Curves.SetItem(key, (Curves.GetValueOrDefault(key) ?? CurveView.Empty).After(metrics));
        return this with { Curves = curves, Stages = metrics.Round == 0 ? InitializationAt(curves) : Stages };
    }

    // The initialization counts two units, one per model: its steps say more.
    private ImmutableDictionary<StageKey, StageView> InitializationAt(ImmutableDictionary<CurveKey, CurveView> curves)
    {
        var key = new StageKey(0, RunStage.Initialization);
        if (!Stages.TryGetValue(key, out var stage) || stage.Seconds is not null)
        {
            return Stages;
        }

        var red = curves.GetValueOrDefault(new CurveKey(ModelRole.Red, 0))?.Fraction ?? 0;
        var target = curves.GetValueOrDefault(new CurveKey(ModelRole.Target, 0))?.Fraction ?? 0;
        return Stages.SetItem(key, stage with { Known = Math.Max((red + target) / 2, stage.Known) });
    }

    private RunView Asked(EndpointView use) => this with
    {
        Endpoints = Endpoints.SetItem(use.Role, Endpoints.TryGetValue(use.Role, out var sofar) ? sofar.After(use) : use),
    };

    private RunView Measured(EvaluationView evaluation) =>
        this with { Evaluations = Evaluations.SetItem(evaluation.Iteration, evaluation) };

    private static ImmutableList<T> Newest<T>(ImmutableList<T> list, T item, int most)
    {
        var longer = list.Insert(0, item);
        return longer.Count > most ? longer.RemoveAt(longer.Count - 1) : longer;
    }
}
