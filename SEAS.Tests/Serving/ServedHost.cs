using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using SEAS.Training.ModelFiles;
using SEAS.Training.Serving;
using SEAS.Web.Commands;
using SEAS.Web.Serving;
using SEAS.Web.Settings;
using TorchSharp;

namespace SEAS.Tests.Serving;

/// <summary>A model of the project's own, served as <c>serve-model</c> does.</summary>
internal sealed class ServedHost(WebApplication app, ModelServer server) : IAsyncDisposable
{
    public const string Model = "base";

    public string Address { get; } = app.Urls.First();

    public HttpClient Client { get; } = new() { BaseAddress = new Uri(app.Urls.First()) };

    public static async Task<ServedHost> StartAsync(string? token = null, string? folder = null)
    {
        var server = new ModelServer(folder ?? EmbeddedWeights.Base, torch.CPU);
        var app = ModelHost.Build(
            new WebHostSettings { DataFolder = "", Port = 0, Token = token }, new SingleModel(Model, server, TimeProvider.System.GetUtcNow()));
        await app.StartAsync();
        return new ServedHost(app, server);
    }

    /// <summary>Sends a body as it stands.</summary>
    public async Task<(int Status, JsonElement Body)> PostAsync(string path, string body)
    {
        using var answer = await Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        server.Dispose();
    }
}
