using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SEAS.Tests.Endpoints;

/// <summary>A server on this machine that answers as a test tells it to, and remembers what it was asked.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _open;

    private ScriptedServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First() + "/v1";

    /// <summary>Bodies with their paths and keys, in the order in which they came.</summary>
    public ConcurrentQueue<(string Path, string? Key, JsonElement Body)> Asked { get; } = new();

    /// <summary>The most requests that were open at one time.</summary>
    public int MostOpen { get; private set; }

    public static async Task<ScriptedServer> StartAsync(Func<HttpContext, JsonElement, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        var app = builder.Build();
        var server = new ScriptedServer(app);
        var count = 0;
        app.MapPost("/v1/{**path}", async context =>
        {
            var open = Interlocked.Increment(ref server._open);
            lock (server)
            {
                server.MostOpen = Math.Max(server.MostOpen, open);
            }

            try
            {
                var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body);
                server.Asked.Enqueue((context.Request.Path, context.Request.Headers.Authorization, body));
                await answer(context, body, Interlocked.Increment(ref count));
            }
            finally
            {
                Interlocked.Decrement(ref server._open);
            }
        });
        await app.StartAsync();
        return server;
    }

    /// <summary>A chat's answer as OpenAI's API writes it.</summary>
    public static Task ChatAsync(HttpContext context, string text, string model = "scripted-1", object? logprobs = null) =>
        context.Response.WriteAsJsonAsync(new
        {
            id = "chatcmpl-1", @object = "chat.completion", model,
            choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = "stop", logprobs } },
            usage = new { prompt_tokens = 7, completion_tokens = 3, total_tokens = 10 },
        });

    /// <summary>An error as OpenAI's API writes it.</summary>
    public static Task ErrorAsync(HttpContext context, int status, string message, string? code = null)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = new { message, code } });
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);   // requests that hang are not waited for
        await _app.DisposeAsync();
    }
}
