using SEAS.Web.Serving;

namespace SEAS.Web.Security;

/// <summary>Refuses what a page of another site sends here.</summary>
/// <remarks>Browsers let any site open a WebSocket to this machine, but name it in <c>Origin</c>; programs send no such header.</remarks>
internal sealed class SameOriginGate(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || IsOwn(origin, context.Request))
        {
            return next(context);
        }

        if (ModelEndpoints.IsModelApi(context.Request))
        {
            return ApiAnswer.ErrorAsync(context, new ApiException(
                $"Pages of another site ({origin}) may not use this server.", null, StatusCodes.Status403Forbidden) { Code = "origin_not_allowed" });
        }

        return Results.Problem(
            statusCode: StatusCodes.Status403Forbidden,
            title: "Another site may not use this dashboard",
            detail: $"The request names the origin {origin}, but this server is {context.Request.Scheme}://{context.Request.Host}. "
                + "Open the dashboard's own address instead.").ExecuteAsync(context);
    }

    // Letter for letter, as browsers write it: a form with another scheme or with a user's name in it is not this server's.
    private static bool IsOwn(string origin, HttpRequest request) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
}
