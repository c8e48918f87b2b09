using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SEAS.Data;
using SEAS.Training.Runs.Feed;
using SEAS.Training.Text.Normalization;
using SEAS.Web.Commands;
using SEAS.Web.Components;
using SEAS.Web.Composition;
using SEAS.Web.Live;
using SEAS.Web.Settings;

namespace SEAS.Tests.Web;

/// <summary>The real dashboard on a free port, with a real store in a folder of its own.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    private readonly bool _ownsFolder;

    private DashboardHost(WebApplication app, string folder, bool ownsFolder)
    {
        App = app;
        Folder = folder;
        _ownsFolder = ownsFolder;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public WebApplication App { get; }

    public string Folder { get; }

    public HttpClient Client { get; }

    public string Address => Client.BaseAddress!.ToString();

    public Store Store => App.Services.GetRequiredService<Store>();

    public RunFeed Feed => App.Services.GetRequiredService<RunFeed>();

    /// <summary>Starts it, with runs that follow a script instead of training.</summary>
    /// <param name="hold">Runs wait for this in the middle of round 2's attack; null lets them through.</param>
    /// <param name="clock">What the server reads the time from; null for the system's clock.</param>
    public static Task<DashboardHost> StartScriptedAsync(
        string? folder = null, string? token = null, Task? hold = null, int port = 0, TimeProvider? clock = null,
        bool servesModels = false) =>
        StartAsync(folder, token, port, servesModels: servesModels, replace: services => services
            .Replace(ServiceDescriptor.Singleton(clock ?? TimeProvider.System))
            .Replace(ServiceDescriptor.Singleton<IRunControl>(provider => new ScriptedControl(
                provider.GetRequiredService<Store>(), provider.GetRequiredService<RunFeed>(), hold))));

    /// <summary>Starts it as a person would.</summary>
    public static async Task<DashboardHost> StartAsync(
        string? folder = null, string? token = null, int port = 0, Action<IServiceCollection>? replace = null,
        bool servesModels = false, string host = "127.0.0.1")
    {
        var place = folder ?? Directory.CreateTempSubdirectory("seas-web-").FullName;
        var settings = new WebHostSettings { DataFolder = place, Host = host, Port = port, Token = token, ServesModels = servesModels };
        var app = WebHost.Build(settings, replace ?? (static _ => { }));
        await app.StartAsync();
        return new DashboardHost(app, place, ownsFolder: folder is null);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
