using Microsoft.AspNetCore.HostFiltering;
using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Training.Text.Normalization;
using SEAS.Web.Api;
using SEAS.Web.Components;
using SEAS.Web.Live;
using SEAS.Web.Security;
using SEAS.Web.Serving;
using SEAS.Web.Settings;

namespace SEAS.Web.Composition;

/// <summary>Puts the dashboard together: settings → services → endpoints.</summary>
public static class WebHost
{
    /// <summary>Builds the application; nothing listens until it is started.</summary>
    /// <exception cref="SettingsException">Host, port or token cannot be used.</exception>
    /// <exception cref="StoreException">The data folder cannot be used.</exception>
    public static WebApplication Build(WebHostSettings settings) => Build(settings, static _ => { });

    /// <summary>The same, with services of a test in place of the real ones.</summary>
    internal static WebApplication Build(WebHostSettings settings, Action<IServiceCollection> replace)
    {
        var address = ListenAddress.From(settings);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WebHost).Assembly.GetName().Name,
            // The assembly's place, not the shell's: the program may be started from any folder.
            ContentRootPath = AppContext.BaseDirectory,
        });

        // Outside Development, and unpublished, static files would otherwise answer 200 with no bytes.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address.Address, address.Port);
        });
        builder.Logging.AddPlainConsole();
        builder.Services.Configure<HostFilteringOptions>(address.Admit);
        builder.Services.AddDashboard(settings);
        replace(builder.Services);

        var app = builder.Build();
        app.Services.GetRequiredService<Store>();   // a store that cannot be opened ends the program here, before anything listens
        app.Lifetime.ApplicationStarted.Register(app.Services.GetRequiredService<Readiness>().Set);
        app.StartOnceReady(settings);
        app.UseFailures();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<SameOriginGate>();
        app.UseMiddleware<CrossSiteGate>();
        app.UseMiddleware<TokenGate>();
        app.UseMiddleware<QueryGate>();
        app.UseAntiforgery();

        app.MapStaticAssets().ChangesNothing();
        app.MapHealth();
        app.MapSignIn();
        app.MapRunApi();
        app.MapLabelApi();
        app.MapLineageApi();
        app.MapDatasetApi();
        app.MapCheckpointApi();
        if (settings.ServesModels)
        {
            app.MapModelApi();
        }

        app.MapHub<TrainingHub>(TrainingHub.Path);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(
            options => options.ContentSecurityFrameAncestorsPolicy = null)   // SecurityHeaders says it, more strictly
            .PagesChangeNothing();
        return app;
    }

    // People get a page, programs get problem details.
    private static void UseFailures(this WebApplication app)
    {
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseWhen(IsForPrograms, branch => branch.UseExceptionHandler().UseStatusCodePages());
    }

    private static bool IsForPrograms(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        || context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal)
        || context.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal);
}
