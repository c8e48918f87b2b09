using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;

namespace SEAS.Tests.Endpoints;

/// <summary>What is asked of an endpoint, how often, and what comes back.</summary>
public sealed class EndpointClientTests
{
    private const string Key = "sk-test-0123456789";

    [Fact]
    public async Task A_chat_is_asked_as_the_api_defines_it_and_its_tokens_are_counted()
    {
        await using var server = await ScriptedServer.StartAsync((context, _, _) => ScriptedServer.ChatAsync(context, "Hello there."));
        using var client = Client(server.Url);

        var answer = await client.AskAsync(
            new([("user", "Hi")], 32) { Temperature = 0.8, TopP = 0.9, Seed = 5 }, CancellationToken.None);

        Assert.Equal(("Hello there.", true, 3, 7, "scripted-1"),
            (answer.Text, answer.Stopped, answer.Tokens, answer.PromptTokens, answer.Model));
        var (path, key, body) = Assert.Single(server.Asked);
        Assert.Equal(("/v1/chat/completions", $"Bearer {Key}"), (path, key));
        Assert.Equal(
            """{"model":"m","max_tokens":32,"temperature":0.8,"top_p":0.9,"seed":5,"messages":[{"role":"user","content":"Hi"}]}""",
            JsonSerializer.Serialize(body));
        var use = client.Totals.Take()!;
        Assert.Equal((1, 0, 7, 3, 0), (use.Calls, use.Retries, use.PromptTokens, use.AnswerTokens, use.Uncounted));
        Assert.Equal(["scripted-1"], use.AnsweredBy);
        Assert.Null(client.Totals.Take());
    }

    [Fact]
    public async Task A_plain_completion_sends_the_text_as_it_is_and_reads_its_likeliest_tokens()
    {
        await using var server = await ScriptedServer.StartAsync((context, _, _) => context.Response.WriteAsync(
            """
            {"choices": [{"text": " unsafe", "finish_reason": "length",
                          "logprobs": {"top_logprobs": [{" unsafe": -0.25, " safe": -1.5, "odd": "x"}]}}]}
            """));
        using var client = Client(server.Url, EndpointStyle.Completions);

        var answer = await client.AskAsync(new([("user", "Text")], 4) { WantsFirstTokens = true, TopK = 3 }, CancellationToken.None);

        var (path, _, body) = Assert.Single(server.Asked);
        Assert.Equal(("/v1/completions", "Text", 5, 3), (path, body.GetProperty("prompt").GetString(),
            body.GetProperty("logprobs").GetInt32(), body.GetProperty("top_k").GetInt32()));
        Assert.Equal((" unsafe", false), (answer.Text, answer.Stopped));
        Assert.Equal([new(" unsafe", -0.25), new(" safe", -1.5)], Assert.Single(answer.Places));
        Assert.Equal(1, client.Totals.Take()!.Uncounted);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task What_may_pass_is_tried_again_after_longer_and_longer_pauses(int status)
    {
        await using var server = await ScriptedServer.StartAsync((context, _, number) => number < 5
            ? ScriptedServer.ErrorAsync(context, status, "busy")
            : ScriptedServer.ChatAsync(context, "At last."));
        var clock = new HurriedClock(TimeSpan.FromSeconds(120));
        using var client = Client(server.Url, clock: clock);

        Assert.Equal("At last.", (await Ask(client)).Text);

        Assert.Equal(4, client.Totals.Take()!.Retries);
        var pauses = clock.Pauses.ToList();
        Assert.Equal(4, pauses.Count);
        Assert.All(pauses.Select((pause, attempt) => pause.TotalSeconds / (0.5 * Math.Pow(2, attempt))),
            share => Assert.InRange(share, 0.5, 1));
        Assert.Distinct(pauses.Select((pause, attempt) => pause.TotalSeconds / Math.Pow(2, attempt)));   // jitter
    }

    [Fact]
    public async Task A_server_that_says_when_to_come_back_is_not_asked_earlier()
    {
        await using var server = await ScriptedServer.StartAsync((context, _, number) =>
        {
            context.Response.Headers.RetryAfter = "17";
            return number < 2 ? ScriptedServer.ErrorAsync(context, 429, "slow down") : ScriptedServer.ChatAsync(context, "Now.");
        });
        var clock = new HurriedClock(TimeSpan.FromSeconds(120));
        using var client = Client(server.Url, clock: clock);

        Assert.Equal("Now.", (await Ask(client)).Text);

        Assert.InRange(Assert.Single(clock.Pauses).TotalSeconds, 17, 17.5);
    }

    [Theory]
    [InlineData("3600", 429, 1, "answered 429")]   // longer than anybody should wait in silence
    [InlineData(null, 400, 1, "answered 400")]
    [InlineData(null, 401, 1, "answered 401")]
    [InlineData(null, 404, 1, "/models lists the models")]
    [InlineData(null, 503, 3, "after 3 attempts")]
    public async Task What_does_not_pass_is_said(string? after, int status, int attempts, string said)
    {
        await using var server = await ScriptedServer.StartAsync((context, _, _) =>
        {
            context.Response.Headers.RetryAfter = after;
            return ScriptedServer.ErrorAsync(context, status, $"not now, {Key}");
        });
        using var client = Client(server.Url, clock: new HurriedClock(TimeSpan.FromSeconds(120)), retries: 2);

        var error = await Assert.ThrowsAsync<EndpointException>(() => Ask(client));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Contains("not now, [key]", error.Message, StringComparison.Ordinal);
        Assert.Contains($"m at {new Uri(server.Url).Authority}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(attempts, server.Asked.Count);
    }

    [Fact]
    public async Task A_question_that_the_servers_own_filter_refuses_counts_as_withheld()
    {
        await using var server = await ScriptedServer.StartAsync(
            (context, _, _) => ScriptedServer.ErrorAsync(context, 400, "filtered", "content_filter"));
        using var client = Client(server.Url);

        var answer = await Ask(client);

        Assert.Equal(("", AnswerOutcome.Withheld), (answer.Text, answer.Outcome));
        Assert.Equal(1, client.Totals.Take()!.Withheld);
    }

    [Fact]
    public async Task A_server_that_wants_the_newer_name_of_the_longest_answer_gets_it_from_then_on()
    {
        await using var server = await ScriptedServer.StartAsync((context, body, _) => body.TryGetProperty("max_tokens", out var _)
            ? ScriptedServer.ErrorAsync(
                context, 400, "Unsupported parameter: use 'max_completion_tokens' instead.", "unsupported_parameter")
            : ScriptedServer.ChatAsync(context, $"{body.GetProperty("max_completion_tokens")}"));
        using var client = Client(server.Url, clock: new HurriedClock(TimeSpan.FromSeconds(120)));

        Assert.Equal("4", (await Ask(client)).Text);
        Assert.Equal("4", (await Ask(client)).Text);

        Assert.Equal(3, server.Asked.Count);
    }

    [Fact]
    public async Task A_server_that_refuses_log_probabilities_is_asked_without_them_from_then_on()
    {
        await using var server = await ScriptedServer.StartAsync((context, body, _) => body.TryGetProperty("logprobs", out var _)
            ? ScriptedServer.ErrorAsync(context, 400, "logprobs = true is not supported by this server.")
            : ScriptedServer.ChatAsync(context, "safe"));
        using var client = Client(server.Url, clock: new HurriedClock(TimeSpan.FromSeconds(120)));
        var question = new EndpointQuestion([("user", "x")], 4) { WantsFirstTokens = true };

        Assert.Equal("safe", (await client.AskAsync(question, CancellationToken.None)).Text);
        Assert.Equal("safe", (await client.AskAsync(question, CancellationToken.None)).Text);

        Assert.Equal(3, server.Asked.Count);
    }

    [Fact]
    public async Task No_more_requests_are_open_than_were_allowed_and_results_keep_their_order()
    {
        var gate = new SemaphoreSlim(0);
        await using var server = await ScriptedServer.StartAsync(async (context, body, number) =>
        {
            if (number == 3)
            {
                gate.Release(1000);   // three are open now; the rest may come and go
            }

            await gate.WaitAsync();
            await ScriptedServer.ChatAsync(context, body.GetProperty("messages")[0].GetProperty("content").GetString()!);
        });
        using var client = Client(server.Url);

        var answers = await Task.Run(() => EndpointBatch.Run(
            Enumerable.Range(0, 40).ToList(), 3,
            async (item, given) => (await client.AskAsync(new([("user", $"{item}")], 4), given)).Text, CancellationToken.None));

        Assert.Equal(Enumerable.Range(0, 40).Select(item => $"{item}"), answers);
        Assert.Equal(3, server.MostOpen);
    }

    [Fact]
    public async Task A_stopped_run_does_not_wait_for_a_server_that_hangs()
    {
        using var stop = new CancellationTokenSource();
        await using var server = await ScriptedServer.StartAsync(async (context, _, _) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        using var client = Client(server.Url);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => EndpointBatch.Run(
            [1, 2, 3], 3, (_, given) => client.AskAsync(new([("user", "x")], 4), given), stop.Token)));
    }

    [Fact]
    public async Task The_first_call_that_fails_for_good_ends_the_batch()
    {
        await using var server = await ScriptedServer.StartAsync((context, body, _) =>
            body.GetProperty("messages")[0].GetProperty("content").GetString() == "2"
                ? ScriptedServer.ErrorAsync(context, 400, "no")
                : Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var client = Client(server.Url);

        var error = await Assert.ThrowsAsync<EndpointException>(() => Task.Run(() => EndpointBatch.Run(
            [1, 2, 3], 3, (item, given) => client.AskAsync(new([("user", $"{item}")], 4), given), CancellationToken.None)));

        Assert.Contains("answered 400", error.Message, StringComparison.Ordinal);
    }

    internal static EndpointClient Client(
        string url, EndpointStyle style = EndpointStyle.Chat, TimeProvider? clock = null, int retries = 5, int seconds = 120,
        string model = "m") => new(
        new EndpointSettings { Url = url, Model = model, Style = style, Retries = retries, TimeoutSeconds = seconds },
        EndpointKey.Find(EndpointRole.Target, url, name => name == "SEAS_TARGET_API_KEY" ? Key : null), "the target",
        clock ?? TimeProvider.System);

    internal static Task<EndpointAnswer> Ask(EndpointClient client) => client.AskAsync(new([("user", "x")], 4), CancellationToken.None);
}
