using System.Security.Cryptography;
using System.Text;
using SEAS.Web.Serving;
using SEAS.Web.Settings;

namespace SEAS.Web.Security;

/// <summary>Lets nobody in without the access token, where one is set.</summary>
/// <remarks>
/// Programs send <c>Authorization: Bearer …</c>; browsers get a cookie from <c>/login?t=…</c>. The cookie holds a
/// digest, not the token.
/// </remarks>
internal sealed class TokenGate(RequestDelegate next, WebHostSettings settings)
{
    public const string CookieName = "seas-access";

    public Task InvokeAsync(HttpContext context) =>
        string.IsNullOrWhiteSpace(settings.Token) || IsOpen(context.Request.Path) || IsKnown(context.Request, settings.Token)
            ? next(context)
            : RefuseAsync(context);

    /// <summary>What a browser keeps instead of the token itself.</summary>
    public static string CookieValue(string token) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"seas-access\n{token}")));

    public static bool SameText(string? left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left ?? ""), Encoding.UTF8.GetBytes(right));

    private static bool IsOpen(PathString path) => path.Value is "/health" or "/alive" or "/login";

    private static bool IsKnown(HttpRequest request, string token) =>
        SameText(request.Cookies[CookieName], CookieValue(token))
        || SameText(request.Headers.Authorization.ToString(), $"Bearer {token}");

    private static Task RefuseAsync(HttpContext context) => ModelEndpoints.IsModelApi(context.Request)
        ? ApiAnswer.ErrorAsync(context, new ApiException(
            $"This server needs its access token as the key: send the header \"Authorization: Bearer TOKEN\". TOKEN is what the server was "
            + $"started with in {WebHostSettings.TokenVariable}.", null, StatusCodes.Status401Unauthorized) { Code = "invalid_api_key" })
        : Results.Problem(
        statusCode: StatusCodes.Status401Unauthorized,
        title: "This dashboard needs its access token",
        detail: $"Open /login?t=TOKEN once in this browser, or send the header \"Authorization: Bearer TOKEN\". "
            + $"TOKEN is what the server was started with in {WebHostSettings.TokenVariable}.").ExecuteAsync(context);
}
