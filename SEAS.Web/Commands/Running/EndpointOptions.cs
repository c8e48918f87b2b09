using System.CommandLine;
using SEAS.Training.Endpoints;
using SEAS.Training.Guards;
using SEAS.Training.Runs.Plan;

namespace SEAS.Web.Commands;

/// <summary>The options of <c>run</c> that put a role behind an endpoint, and what the environment says of the same.</summary>
internal static class EndpointOptions
{
    private static readonly (EndpointRole Role, Option<string?> Url, Option<string?> Model)[] s_roles =
    [
        Role(EndpointRole.Red, "--red", "The red-team model (it attacks and is not tuned)"),
        Role(EndpointRole.Target, "--target", "The target (it is attacked and not tuned)"),
        Role(EndpointRole.Judge, "--guard", "The guard"),
    ];

    private static readonly Option<int?> s_concurrency = new("--max-concurrency", "-j")
    {
        Description = "Requests to an endpoint that are open at the same time.", HelpName = "N",
    };

    private static readonly Option<string?> s_format = new("--guard-format")
    {
        Description = $"How the guard is asked: {string.Join(", ", GuardFormat.All.Keys)}.", HelpName = "NAME",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Option> All { get; } =
        [.. s_roles.SelectMany(role => (Option[])[role.Url, role.Model]), s_concurrency, s_format];

    /// <summary>The plan with the endpoints that were asked for.</summary>
    /// <param name="plan">The plan; a role for which it names a folder gets an endpoint only from the command line.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Reads a variable.</param>
    public static RunPlan Apply(RunPlan plan, ParseResult arguments, Func<string, string?> environment)
    {
        string?[] folders = [plan.RedModel, plan.TargetModel, plan.GuardModel];
        EndpointSettings?[] planned = [plan.Endpoints.Red, plan.Endpoints.Target, plan.Endpoints.Judge];
        var found = s_roles.Select((role, index) =>
        {
            var (url, model) = (arguments.GetValue(role.Url), arguments.GetValue(role.Model));
            return url is null && model is null && (folders[index] ?? planned[index]?.Url) is not null ? planned[index]
                : EndpointVariables.Settings(role.Role, url, model, environment);
        }).Select(endpoint => endpoint is null ? null
            : endpoint with { Concurrency = arguments.GetValue(s_concurrency) ?? endpoint.Concurrency }).ToList();
        return plan with
        {
            Endpoints = new EndpointPlan { Red = found[0], Target = found[1], Judge = found[2] },
            GuardFormat = arguments.GetValue(s_format) ?? plan.GuardFormat,
        };
    }

    private static (EndpointRole, Option<string?>, Option<string?>) Role(EndpointRole role, string name, string what) => (
        role,
        new Option<string?>($"{name}-url")
        {
            Description = $"{what} behind an OpenAI-compatible server, e.g. http://127.0.0.1:8000/v1; its key: "
                + $"{EndpointVariables.Of(role, "API_KEY")} in the environment. Default: {EndpointVariables.Of(role, "BASE_URL")}.",
            HelpName = "URL",
        },
        new Option<string?>($"{name}-model")
        {
            Description = $"What that server calls it. Default: {EndpointVariables.Of(role, "MODEL")}.", HelpName = "NAME",
        });
}
