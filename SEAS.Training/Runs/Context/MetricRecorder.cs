using System.Diagnostics;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Engine.Recipes;

namespace SEAS.Training.Runs.Context;

/// <summary>Stores a recipe's numbers under the role's prefix, and shows them to viewers at most ten times a second.</summary>
internal sealed class MetricRecorder(LoopContext context, ModelRole role, int round) : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private readonly List<MetricPoint> _waiting = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<TuningStep> _learnt = [];
    private TimeSpan _told = -s_interval;

    /// <summary>Whose numbers.</summary>
    public ModelRole Role => role;

    /// <summary>The round; 0 before the first.</summary>
    public int Round => round;

    /// <summary>The last step's numbers, by TRL's leaf names.</summary>
    public IReadOnlyDictionary<string, double> Last { get; private set; } = new Dictionary<string, double>();

    /// <summary>Optimizer steps so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Tokens trained on so far.</summary>
    public long Tokens { get; private set; }

    /// <summary>What each step learnt, by place.</summary>
    public IReadOnlyList<TuningStep> Learnt => _learnt;

    public void Record(StepReport report)
    {
        _learnt.Add(new TuningStep(round, role, report.Step, report.Examples, report.General));
        Last = report.Metrics;
        Steps = report.Step;
        Tokens += report.Tokens;
        var prefix = role.Name();
        var now = context.Store.Clock.GetUtcNow();
        _waiting.AddRange(report.Metrics.Where(metric => double.IsFinite(metric.Value))
            .Select(metric => new MetricPoint($"{prefix}/train/{metric.Key}", round, report.Step, metric.Value, now)));
        if (_watch.Elapsed - _told >= s_interval || report.Step == report.TotalSteps)
        {
            _told = _watch.Elapsed;
            Flush();
            context.Publish(new MetricsEvent(role, round, report.Step, report.TotalSteps, report.Metrics));
        }
    }

    /// <summary>Goes on behind steps that an earlier process recorded.</summary>
    /// <param name="tokens">Tokens that they trained on.</param>
    /// <param name="done">What each of them learnt.</param>
    public void TakeUp(long tokens, IReadOnlyList<(IReadOnlyList<int> Examples, IReadOnlyList<int> General)> done)
    {
        _learnt.AddRange(done.Select((step, at) => new TuningStep(round, role, at + 1, step.Examples, step.General)));
        (Steps, Tokens) = (done.Count, tokens);
    }

    public void Dispose() => Flush();

    /// <summary>Stores what waits to be stored.</summary>
    public void Flush()
    {
        if (_waiting.Count > 0)
        {
            context.Store.Metrics.Append(context.Id, _waiting);
            _waiting.Clear();
        }
    }
}
