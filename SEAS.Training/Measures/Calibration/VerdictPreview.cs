namespace SEAS.Training.Measures.Calibration;

/// <summary>Which verdicts would change if a guard's rule did.</summary>
/// <param name="ToUnsafe">Places of the scores that were safe and would be unsafe, ascending.</param>
/// <param name="ToSafe">Places of the scores that were unsafe and would be safe, ascending.</param>
/// <param name="N">Scores looked at.</param>
public sealed record VerdictPreview(IReadOnlyList<int> ToUnsafe, IReadOnlyList<int> ToSafe, int N)
{
    /// <summary>How many would change.</summary>
    public int Changed => ToUnsafe.Count + ToSafe.Count;

    /// <summary>Compares two rules, each true for unsafe.</summary>
    public static VerdictPreview Of(IReadOnlyList<double> scores, Func<double, bool> before, Func<double, bool> after)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var (toUnsafe, toSafe) = (new List<int>(), new List<int>());
        for (var place = 0; place < scores.Count; place++)
        {
            if (before(scores[place]) != after(scores[place]))
            {
                (after(scores[place]) ? toUnsafe : toSafe).Add(place);
            }
        }

        return new VerdictPreview(toUnsafe, toSafe, scores.Count);
    }
}
