namespace SEAS.Training.Runs.Plan;

/// <summary>A run cannot start as planned; the message lists every problem, not only the first.</summary>
public sealed class RunPlanException(IReadOnlyList<string> problems) : Exception(Describe(problems))
{
    /// <summary>One sentence per problem.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;

    internal static void ThrowIfAny(IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            throw new RunPlanException(problems);
        }
    }

    private static string Describe(IReadOnlyList<string> problems)
    {
        var head = problems.Count == 1 ? "This run cannot start. One setting needs a change:"
            : $"This run cannot start. {problems.Count} settings need a change:";
        return head + string.Concat(problems.Select(problem => $"{Environment.NewLine}  • {problem}"));
    }
}
