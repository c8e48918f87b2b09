namespace SEAS.Training.Engine.Recipes;

/// <summary>A training cannot start as it was asked for. Names every problem at once.</summary>
public sealed class TrainingSettingsException(IReadOnlyList<string> problems)
    : Exception($"This training cannot start. {Count(problems.Count)}:{string.Concat(problems.Select(problem => $"\n  • {problem}"))}")
{
    /// <summary>Each problem: what is wrong, what was found, what to do.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;

    /// <exception cref="TrainingSettingsException">There is at least one problem.</exception>
    internal static void ThrowIfAny(IEnumerable<string> problems)
    {
        var all = problems.ToList();
        if (all.Count > 0)
        {
            throw new TrainingSettingsException(all);
        }
    }

    private static string Count(int problems) => problems == 1 ? "One thing needs a change" : $"{problems} things need a change";
}
