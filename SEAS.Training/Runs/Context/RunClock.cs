using SEAS.Data.Contracts;

namespace SEAS.Training.Runs.Context;

/// <summary>Guesses how long a run still takes, from what its stages took so far.</summary>
/// <remarks>Before a stage has run once its share of a round is a rough constant, measured on the embedded preset.</remarks>
internal sealed class RunClock(int rounds, IReadOnlyList<RunStage> initial, IReadOnlyList<RunStage> eachRound)
{
    private static readonly Dictionary<RunStage, double> s_shares = new()
    {
        [RunStage.Initialization] = 60,
        [RunStage.Attack] = 30,
        [RunStage.Judge] = 10,
        [RunStage.Review] = 1,
        [RunStage.Pairs] = 1,
        [RunStage.OptimizeRed] = 12,
        [RunStage.OptimizeTarget] = 12,
        [RunStage.Evaluation] = 25,
    };

    private readonly Dictionary<RunStage, TimeSpan> _measured = [];

    /// <summary>Notes a stage's length; null when it was not run as a whole.</summary>
    public void Ended(int round, RunStage stage, TimeSpan? length)
    {
        if (length is { } measured && !(stage == RunStage.Evaluation && round == 0))
        {
            _measured[stage] = measured;
        }
    }

    /// <summary>Seconds until the run ends, or null while nothing has been measured.</summary>
    public double? SecondsLeft(int round, RunStage stage, TimeSpan sofar, double fraction)
    {
        if (fraction < 0.05 && _measured.Count == 0)
        {
            return null;
        }

        var speed = Speed(stage, sofar, fraction);
        var left = (1 - fraction) * (fraction > 0.2 ? sofar.TotalSeconds / fraction : Expected(stage, speed));
        left += Order(round).SkipWhile(next => next != stage).Skip(1).Sum(next => Expected(next, speed));
        left += Math.Max(0, rounds - round) * Order(1).Sum(next => Expected(next, speed));
        return Math.Round(left);
    }

    private IEnumerable<RunStage> Order(int round) => (round == 0 ? initial : eachRound).Distinct();

    private double Expected(RunStage stage, double speed) =>
        _measured.TryGetValue(stage, out var known) ? known.TotalSeconds : s_shares[stage] * speed;

    // Seconds per unit of share, from everything measured so far and the present stage.
    private double Speed(RunStage stage, TimeSpan sofar, double fraction)
    {
        var seconds = _measured.Values.Sum(length => length.TotalSeconds) + (fraction > 0.05 ? sofar.TotalSeconds : 0);
        var shares = _measured.Keys.Sum(known => s_shares[known]) + (fraction > 0.05 ? s_shares[stage] * fraction : 0);
        return shares > 0 ? seconds / shares : 1;
    }
}
