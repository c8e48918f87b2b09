using SEAS.Web.Settings;

namespace SEAS.Web.Security;

/// <summary><c>/login?t=…</c>: trades the access token for a cookie, so that the token leaves the address bar.</summary>
internal static class SignInEndpoint
{
    public static void MapSignIn(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/login", SignIn).ChangesNothing();

    private static IResult SignIn(HttpContext context, WebHostSettings settings, string? t)
    {
        if (string.IsNullOrWhiteSpace(settings.Token))
        {
            return Results.LocalRedirect("/");
        }

        if (!TokenGate.SameText(t, settings.Token))
        {
            return Results.Problem(
                statusCode: StatusCodes.Status401Unauthorized,
                title: "The access token is wrong",
                detail: $"Expected /login?t=TOKEN with what the server was started with in {WebHostSettings.TokenVariable}.");
        }

        context.Response.Cookies.Append(TokenGate.CookieName, TokenGate.CookieValue(settings.Token), new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            Path = "/",
            MaxAge = TimeSpan.FromDays(30),
        });
        return Results.LocalRedirect("/");
    }
}
