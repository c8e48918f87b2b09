namespace SEAS.Training.Runs.Plan;

/// <summary>How often a training is kept while it runs, so that one that is cut off does not begin anew. Changes no figure.</summary>
public sealed record OptimizePlan
{
    /// <summary>Optimizer steps after which it is kept; 0 goes by time alone.</summary>
    public int SaveEverySteps { get; init; }

    /// <summary>Minutes after which it is kept; 0 goes by steps alone. One copy takes the disk 12 bytes for each weight that learns, 14 in
    /// bfloat16 with its lower half; two are kept.</summary>
    public double SaveEveryMinutes { get; init; } = 10;

    /// <summary>Everything that is wrong with these numbers, one sentence each.</summary>
    internal IEnumerable<string> Problems()
    {
        if (SaveEverySteps < 0)
        {
            yield return $"Optimize.SaveEverySteps is {SaveEverySteps}; expected 0 or more.";
        }

        if (SaveEveryMinutes is not (>= 0 and <= 100_000))
        {
            yield return FormattableString.Invariant($"Optimize.SaveEveryMinutes is {SaveEveryMinutes}; expected a number from 0 to 100000.");
        }
    }
}
