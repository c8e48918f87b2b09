using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;
using SEAS.Training.Guards;

namespace SEAS.Training.Runs.Plan;

/// <summary>Models that a run reaches through a server instead of weights of its own; null for each that it has itself.</summary>
/// <remarks>R or T behind an endpoint is not tuned: the other evolves against it. Nothing in here may be secret.</remarks>
public sealed record EndpointPlan
{
    /// <summary>R's.</summary>
    public EndpointSettings? Red { get; init; }

    /// <summary>T's.</summary>
    public EndpointSettings? Target { get; init; }

    /// <summary>The guard's.</summary>
    public EndpointSettings? Judge { get; init; }

    /// <summary>The endpoints that the environment names, for the roles for which a plan names no folder.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="environment">Reads a variable.</param>
    public static EndpointPlan Of(RunPlan plan, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(plan);
        EndpointSettings? Find(EndpointRole role, string? folder) =>
            folder is null ? EndpointVariables.Settings(role, url: null, model: null, environment) : null;
        return new EndpointPlan
        {
            Red = Find(EndpointRole.Red, plan.RedModel), Target = Find(EndpointRole.Target, plan.TargetModel),
            Judge = Find(EndpointRole.Judge, plan.GuardModel),
        };
    }

    /// <summary>A model's endpoint; null where the run has its weights.</summary>
    internal EndpointSettings? Of(ModelRole role) => role switch
    {
        ModelRole.Red => Red,
        ModelRole.Target => Target,
        ModelRole.Guard => Judge,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "A run has R, T and a guard."),
    };

    /// <summary>One sentence for each value that cannot be used.</summary>
    internal IEnumerable<string> Problems(RunPlan plan)
    {
        (string Name, EndpointSettings? Endpoint, string? Folder)[] roles =
            [("--red", Red, plan.RedModel), ("--target", Target, plan.TargetModel), ("--guard", Judge, plan.GuardModel)];
        foreach (var (name, endpoint, folder) in roles)
        {
            foreach (var problem in endpoint?.Problems($"{name}-url") ?? [])
            {
                yield return problem;
            }

            if (endpoint is not null && folder is not null)
            {
                yield return $"{name} names weights in '{Path.GetFileName(folder)}' and {name}-url an endpoint; expected one of the two.";
            }
        }

        if (!GuardFormat.All.TryGetValue(plan.GuardFormat, out var format))
        {
            yield return $"--guard-format is '{plan.GuardFormat}'; expected one of {string.Join(", ", GuardFormat.All.Keys)}.";
        }
        else if (Judge is { Style: EndpointStyle.Completions } && !format.IsLlamaGuard)
        {
            yield return $"The guard is asked for plain completions in the format '{format.Name}', whose turns only the server knows; "
                + "expected a format of Llama Guard's, or the style Chat.";
        }
    }
}
