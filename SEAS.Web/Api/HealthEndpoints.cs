using SEAS.Training.Text.Normalization;
using SEAS.Web.Composition;
using SEAS.Web.Security;

namespace SEAS.Web.Api;

/// <summary><c>/alive</c>: the process answers. <c>/health</c>: it can also do its work; 503 until then.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/alive", () => Results.Json(new { status = "ok" })).ChangesNothing();
        endpoints.MapGet("/health", Health).ChangesNothing();
    }

    internal static IResult Health(Readiness readiness) => readiness.IsReady
        ? Results.Json(new { status = "ok" })
        : Results.Json(new { status = "starting" }, statusCode: StatusCodes.Status503ServiceUnavailable);
}
