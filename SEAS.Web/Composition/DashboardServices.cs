using Microsoft.AspNetCore.DataProtection;
using Radzen;
using SEAS.Data;
using SEAS.Training.Hosting;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Text.Normalization;
using SEAS.Web.Api;
using SEAS.Web.Components.Shared;
using SEAS.Web.Live;
using SEAS.Web.Live.Datasets;
using SEAS.Web.Serving;
using SEAS.Web.Settings;

namespace SEAS.Web.Composition;

/// <summary>What the dashboard's pages and endpoints are given.</summary>
internal static class DashboardServices
{
    public static IServiceCollection AddDashboard(this IServiceCollection services, WebHostSettings settings)
    {
        var keys = Directory.CreateDirectory(Path.Combine(settings.DataFolder, "keys"));

        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Readiness>();
        services.AddSingleton(provider => Store.Open(
            settings.DataFolder, provider.GetRequiredService<TimeProvider>(), Store.Dashboard));
        services.AddSingleton<RunFeed>();
        services.AddSingleton<RunExecutor>();
        services.AddSingleton<TrainingService>();
        services.AddHostedService(provider => provider.GetRequiredService<TrainingService>());
        services.AddSingleton<IRunControl, TrainingControl>();
        services.AddSingleton<Uploads>();
        services.AddSingleton<DatasetDownloads>();
        services.AddSingleton<ModelDownloads>();
        services.AddSingleton<IModelCatalog, CheckpointModels>();
        services.AddProblemDetails();
        services.AddDataProtection().SetApplicationName("SEAS").PersistKeysToFileSystem(keys);
        services.AddSignalR();
        services.AddRadzenComponents();
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
        {
            // Everything a page shows comes back from the store, so a lost circuit is worth little.
            circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(30);
            circuits.DisconnectedCircuitMaxRetained = 20;
        }).AddHubOptions(hub => hub.MaximumReceiveMessageSize = FieldLimits.Message);
        return services;
    }
}
