using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using SEAS.Training.Endpoints;

namespace SEAS.Tests.Endpoints;

/// <summary>Servers that answer anything but what they should: a clear error, in bounded time and memory.</summary>
public sealed class GarbageTests
{
    [Theory]
    [InlineData("html", "found an HTML page that begins \"<html><title>Sign in</title>\"")]
    [InlineData("empty", "found nothing")]
    [InlineData("half", "could not be asked")]
    [InlineData("not json", "begins \"{\"choices\": [\"")]
    [InlineData("other json", "it holds no choices")]
    [InlineData("no text", "its first choice holds no text")]
    [InlineData("list", "it holds no choices")]
    [InlineData("deep", "something else")]
    [InlineData("stream", "something else")]
    [InlineData("bytes", "something else")]
    [InlineData("redirect", "redirects (307) to elsewhere.invalid")]
    [InlineData("huge", "more than 8 MiB")]
    [InlineData("bomb", "more than 8 MiB")]
    [InlineData("nothing ever", "did not answer within 1 s")]
    [InlineData("a drop now and then", "did not answer within 1 s")]
    public async Task Garbage_is_named(string kind, string said)
    {
        await using var server = await ScriptedServer.StartAsync((context, _, _) => AnswerAsync(context, kind));
        using var client = EndpointClientTests.Client(server.Url, retries: 1, seconds: 1, clock: new HurriedClock(TimeSpan.FromSeconds(1)));

        var error = await Assert.ThrowsAsync<EndpointException>(() => EndpointClientTests.Ask(client));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Length < 700, error.Message);
    }

    [Fact]
    public async Task A_redirect_takes_neither_text_nor_key_to_another_server()
    {
        await using var other = await ScriptedServer.StartAsync((context, _, _) => ScriptedServer.ChatAsync(context, "Caught."));
        await using var server = await ScriptedServer.StartAsync((context, _, _) =>
        {
            context.Response.StatusCode = 308;
            context.Response.Headers.Location = $"{other.Url}/chat/completions";
            return Task.CompletedTask;
        });
        using var client = EndpointClientTests.Client(server.Url);

        await Assert.ThrowsAsync<EndpointException>(() => EndpointClientTests.Ask(client));

        Assert.Empty(other.Asked);
    }

    [Fact]
    public async Task An_address_where_nobody_listens_is_named()
    {
        var server = await ScriptedServer.StartAsync((_, _, _) => Task.CompletedTask);
        var url = server.Url;
        await server.DisposeAsync();
        using var client = EndpointClientTests.Client(url, clock: new HurriedClock(TimeSpan.FromSeconds(120)));

        var error = await Assert.ThrowsAsync<EndpointException>(() => EndpointClientTests.Ask(client));

        Assert.Contains("is it running, and is the address right?", error.Message, StringComparison.Ordinal);
        Assert.Contains("after 3 attempts", error.Message, StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(HttpContext context, string kind)
    {
        var response = context.Response;
        switch (kind)
        {
            case "html":
                response.ContentType = "text/html";
                await response.WriteAsync("<html><title>Sign in</title>");
                break;
            case "half":
                response.ContentLength = 1000;
                await response.WriteAsync("""{"choices": [{"message": {"content": "Once upon""");
                await response.Body.FlushAsync();
                context.Abort();
                break;
            case "redirect":
                response.StatusCode = 307;
                response.Headers.Location = "https://user:word@elsewhere.invalid/v1/chat/completions";
                break;
            case "huge":
                await PourAsync(response.Body, context.RequestAborted);
                break;
            case "bomb":
                response.Headers.ContentEncoding = "gzip";
                await using (var packed = new GZipStream(response.Body, CompressionLevel.Fastest))
                {
                    await PourAsync(packed, context.RequestAborted);
                }

                break;
            case "nothing ever":
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            case "a drop now and then":
                while (true)
                {
                    await response.WriteAsync(" ", context.RequestAborted);
                    await response.Body.FlushAsync(context.RequestAborted);
                    await Task.Delay(50, context.RequestAborted);
                }

            default:
                await response.Body.WriteAsync(kind switch
                {
                    "not json" => "{\"choices\": ["u8.ToArray(),
                    "other json" => """{"error": null}"""u8.ToArray(),
                    "no text" => """{"choices": [{"message": {"content": 5}}]}"""u8.ToArray(),
                    "list" => "[1, 2]"u8.ToArray(),
                    "deep" => Encoding.UTF8.GetBytes(new string('[', 100_000)),
                    "stream" => "data: {\"choices\": []}\n\ndata: [DONE]\n\n"u8.ToArray(),
                    "bytes" => [0xff, 0xfe, 0x00, 0x01, 0xd8],
                    _ => [],
                });
                break;
        }
    }

    // A hundred times what is read at most; the reader is gone long before.
    private static async Task PourAsync(Stream to, CancellationToken gone)
    {
        var spaces = Encoding.UTF8.GetBytes(new string(' ', 1 << 20));
        try
        {
            for (var mib = 0; mib < 800; mib++)
            {
                await to.WriteAsync(spaces, gone);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // As it should be.
        }
    }
}
