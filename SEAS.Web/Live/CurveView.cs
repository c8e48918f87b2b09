using System.Collections.Immutable;
using System.Runtime.InteropServices;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;

namespace SEAS.Web.Live;

/// <summary>Names one tuning: a model in a round. Round 0 is the initialization.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CurveKey(ModelRole Role, int Round);

/// <summary>The numbers of one optimizer step, by TRL's leaf names.</summary>
public sealed record CurvePoint(int Step, IReadOnlyDictionary<string, double> Values)
{
    public double? this[string metric] => Values.TryGetValue(metric, out var value) && double.IsFinite(value) ? value : null;
}

/// <summary>The curves of one tuning.</summary>
/// <param name="Points">In the order of their steps.</param>
/// <param name="TotalSteps">Steps that the tuning takes.</param>
/// <param name="Restarts">How often it began anew; a chart that sees this change draws from the first point.</param>
public sealed record CurveView(ImmutableList<CurvePoint> Points, int TotalSteps, int Restarts)
{
    public static CurveView Empty { get; } = new([], 0, 0);

    /// <summary>Preference pairs rather than texts: there are rewards to show.</summary>
    public bool HasRewards => Points.Count > 0 && Points[^1]["rewards/chosen"] is not null;

    /// <summary>How much of the tuning is done, 0 to 1.</summary>
    public double Fraction => Points.Count > 0 && TotalSteps > 0 ? (double)Points[^1].Step / TotalSteps : 0;

    /// <summary>The last value of a metric, or null.</summary>
    public double? Last(string metric) => Points.Count > 0 ? Points[^1][metric] : null;

    // A tuning that was interrupted begins again at its first step: what the lost attempt showed is dropped.
    internal CurveView After(MetricsEvent metrics)
    {
        var again = Points.Count > 0 && Points[^1].Step >= metrics.Step;
        var kept = again ? Points.RemoveAll(point => point.Step >= metrics.Step) : Points;
        return new CurveView(kept.Add(new CurvePoint(metrics.Step, metrics.Values)), metrics.TotalSteps, Restarts + (again ? 1 : 0));
    }
}
