using System.Text.Json;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Live;
using SEAS.Web.Security;

namespace SEAS.Web.Api;

/// <summary>Runs for programs: <c>/api/v1/runs</c>.</summary>
internal static class RunEndpoints
{
    private const int MostEvents = 1000;

    public static void MapRunApi(this IEndpointRouteBuilder endpoints)
    {
        var runs = endpoints.MapGroup("/api/v1/runs").ChangesNothing();
        runs.MapGet("", (Store store) => store.Runs.List().Select(run => RunAnswer.From(run)));
        runs.MapGet("{id}", One);
        runs.MapGet("{id}/events", Events);
    }

    private static IResult One(Store store, string id) => store.Runs.Find(new RunId(id)) is { } run
        ? Results.Ok(RunAnswer.From(run, store.Evaluations.List(run.Id)))
        : Missing(id);

    private static IResult Events(Store store, string id, long after = 0, int limit = MostEvents)
    {
        if (store.Runs.Find(new RunId(id)) is not { } run)
        {
            return Missing(id);
        }

        if (after < 0 || limit is < 1 or > MostEvents)
        {
            return Results.Problem(
                statusCode: StatusCodes.Status400BadRequest,
                title: "These events cannot be asked for",
                detail: $"after is {after} and must be 0 or more; limit is {limit} and must lie between 1 and {MostEvents}.");
        }

        return Results.Ok(store.Events.After(run.Id, after, limit).Select(EventMessage.From));
    }

    internal static IResult Missing(string id) => Results.Problem(
        statusCode: StatusCodes.Status404NotFound,
        title: "There is no such run",
        detail: $"No run is called \"{id}\" in this data folder. GET /api/v1/runs lists them.");
}

/// <summary>A run as programs get it.</summary>
internal sealed record RunAnswer(
    string Id,
    string Preset,
    long Seed,
    string Status,
    string ConfigHash,
    DateTimeOffset CreatedUtc,
    DateTimeOffset? StartedUtc,
    DateTimeOffset? FinishedUtc,
    string? Error,
    double ActiveSeconds,
    int Rounds,
    IReadOnlyList<JsonElement>? Evaluations)
{
    public static RunAnswer From(Run run, IEnumerable<StoredEvaluation>? evaluations = null) => new(
        run.Id.Value, run.Preset, run.Seed, run.Status.ToString().ToLowerInvariant(), run.ConfigHash,
        run.CreatedUtc, run.StartedUtc, run.FinishedUtc, run.Error, run.ActiveSeconds,
        RunPlanText.ReadKnown(run.PlanJson).Rounds, evaluations?.Select(stored => JsonElement.Parse(stored.Json)).ToList());
}
