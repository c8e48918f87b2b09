namespace SEAS.Training.Runs.Plan;

/// <summary>Chat formats for folders that bring none, or one that shall not be used: the name of a built-in format, or the path of a
/// template in the language Jinja. Null leaves it to the folder.</summary>
public sealed record ChatPlan
{
    /// <summary>R's.</summary>
    public string? Red { get; init; }

    /// <summary>T's.</summary>
    public string? Target { get; init; }

    /// <summary>The guard's.</summary>
    public string? Guard { get; init; }
}
