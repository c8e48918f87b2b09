using SEAS.Web.Composition;
using SEAS.Web.Security;
using SEAS.Web.Settings;

namespace SEAS.Web.Serving;

/// <summary>A server of models without a dashboard.</summary>
internal static class ModelHost
{
    /// <summary>Builds the server; nothing listens until it is started.</summary>
    /// <exception cref="SettingsException">Host, port or token cannot be used.</exception>
    public static WebApplication Build(WebHostSettings settings, IModelCatalog catalog)
    {
        var address = ListenAddress.From(settings);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address.Address, address.Port);
        });
        builder.Logging.AddPlainConsole();
        builder.Services.AddHostFiltering(address.Admit);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(catalog);
        builder.Services.AddProblemDetails();

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseHostFiltering();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<SameOriginGate>();
        app.UseMiddleware<CrossSiteGate>();
        app.UseMiddleware<TokenGate>();
        app.MapGet("/health", () => Results.Json(new { status = "ok" })).ChangesNothing();
        app.MapModelApi();
        return app;
    }
}
