using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;
using SEAS.Training.Runs.Plan;

namespace SEAS.Web.Live;

/// <summary>Endpoints in words.</summary>
internal static class EndpointWords
{
    /// <summary>What a role is called.</summary>
    public static string Role(EndpointRole role) => role switch
    {
        EndpointRole.Red => "Red team",
        EndpointRole.Target => "Target",
        _ => "Guard",
    };

    /// <summary>A sentence for each model that a new run would reach through a server, with the variable that says so.</summary>
    public static IReadOnlyList<string> Of(EndpointPlan plan) =>
    [
        .. Sentence("The red-team model is", plan.Red, EndpointRole.Red, " It attacks and is not tuned."),
        .. Sentence("The target is", plan.Target, EndpointRole.Target, " It is attacked and not tuned."),
        .. Sentence("The guard is", plan.Judge, EndpointRole.Judge, ""),
    ];

    private static IEnumerable<string> Sentence(string who, EndpointSettings? endpoint, EndpointRole role, string more) =>
        endpoint is null ? [] : [$"{who} {endpoint.Name} ({EndpointVariables.Of(role, "BASE_URL")}).{more}"];
}
