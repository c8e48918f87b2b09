using Microsoft.AspNetCore.Components.Endpoints;

namespace SEAS.Web.Security;

/// <summary>Lets pages of other sites, or of other ports of this machine, cause nothing here: what they may ask for is what changes nothing.</summary>
/// <remarks>
/// Browsers say in <c>Sec-Fetch-Site</c> where a request began, for links and images too, which name no <c>Origin</c>. Programs send no such
/// header. An endpoint is kept from other sites unless it says that it changes nothing, so one that is added later is kept from them.
/// </remarks>
internal sealed class CrossSiteGate(RequestDelegate next)
{
    public const string Header = "Sec-Fetch-Site";

    public Task InvokeAsync(HttpContext context)
    {
        var from = context.Request.Headers[Header].ToString();
        return from is "" or "same-origin" or "none" || context.GetEndpoint() is not { } endpoint
            || endpoint.Metadata.GetMetadata<ChangesNothingMetadata>() is not null
                ? next(context)
                : Results.Problem(
                    statusCode: StatusCodes.Status403Forbidden,
                    title: "Another site may not use this dashboard",
                    detail: "The request began on a page of another site, or of another port, and what it asks for is written down or makes "
                        + $"files ({Header} is \"{from}\"). Open the dashboard itself and ask there; a program sends no such header.")
                    .ExecuteAsync(context);
    }
}

/// <summary>On an endpoint: asking for it changes nothing that is kept, so a link on any page may lead here.</summary>
internal sealed class ChangesNothingMetadata;

/// <summary>Says of endpoints that they change nothing.</summary>
internal static class ChangingNothing
{
    private static readonly ChangesNothingMetadata s_mark = new();

    /// <summary>All of these endpoints only read.</summary>
    public static T ChangesNothing<T>(this T endpoints)
        where T : IEndpointConventionBuilder
    {
        endpoints.Add(endpoint => endpoint.Metadata.Add(s_mark));
        return endpoints;
    }

    /// <summary>Pages only read while they are first drawn; what they do later comes over a connection that names its origin.</summary>
    public static void PagesChangeNothing(this IEndpointConventionBuilder components) => components.Add(endpoint =>
    {
        if (endpoint.Metadata.OfType<ComponentTypeMetadata>().Any())
        {
            endpoint.Metadata.Add(s_mark);
        }
    });
}
