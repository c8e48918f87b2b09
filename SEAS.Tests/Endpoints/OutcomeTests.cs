using Microsoft.AspNetCore.Http;
using SEAS.Data.Contracts;
using SEAS.Training.Endpoints;

namespace SEAS.Tests.Endpoints;

/// <summary>What a server's answers and errors come to, in the words of several providers, and what it does not take.</summary>
public sealed class OutcomeTests
{
    [Theory]
    [InlineData("""{"choices": [{"finish_reason": "stop", "message": {"content": "Hi"}}]}""", AnswerOutcome.Answered, "Hi")]
    [InlineData("""{"choices": [{"finish_reason": "stop", "message": {"content": ""}}]}""", AnswerOutcome.Answered, "")]
    [InlineData("""
        {"choices": [{"finish_reason": "stop", "message": {"content": [{"type": "thinking", "thinking": "Hm"}, {"type": "text", "text": "H"},
            {"type": "text", "text": "i"}]}}]}
        """, AnswerOutcome.Answered, "Hi")]
    [InlineData("""{"choices": [{"finish_reason": "stop", "message": {"content": "Hi", "refusal": null, "reasoning_content": "Hm"}}]}""",
        AnswerOutcome.Answered, "Hi")]
    [InlineData("""{"choices": [{"finish_reason": "length", "message": {"content": null, "reasoning_content": "First I"}}]}""",
        AnswerOutcome.NoAnswer, "")]
    [InlineData("""{"choices": [{"finish_reason": "length", "message": {"content": ""}}]}""", AnswerOutcome.NoAnswer, "")]
    [InlineData("""{"choices": [{"finish_reason": "stop", "message": {"content": "", "reasoning": "Hm"}}]}""", AnswerOutcome.NoAnswer, "")]
    [InlineData("""{"choices": [{"finish_reason": "tool_calls", "message": {"content": null, "tool_calls": [{}]}}]}""", AnswerOutcome.NoAnswer, "")]
    [InlineData("""{"choices": [{"finish_reason": "stop", "message": {"content": [{"type": "thinking", "thinking": "Hm"}]}}]}""",
        AnswerOutcome.NoAnswer, "")]
    [InlineData("""{"choices": [{"finish_reason": "content_filter", "message": {"content": null}}]}""", AnswerOutcome.Withheld, "")]
    [InlineData("""{"choices": [{"finish_reason": "SAFETY", "message": {}}]}""", AnswerOutcome.Withheld, "")]
    [InlineData("""{"choices": [{"finish_reason": "stop", "message": {"content": null, "refusal": "I can't."}}]}""", AnswerOutcome.Withheld, "I can't.")]
    [InlineData("""{"choices": [], "prompt_filter_results": [{"prompt_index": 0}]}""", AnswerOutcome.Withheld, "")]
    [InlineData("""{"error": {"code": 403, "message": "flagged", "metadata": {"reasons": ["violence"]}}}""", AnswerOutcome.Withheld, "")]
    [InlineData("""{"error": {"code": 403, "message": "Your input was flagged", "metadata": {"reasons": ["violence"]}}}""",
        AnswerOutcome.Withheld, "", 403)]
    [InlineData("""{"error": {"message": "Input data may contain inappropriate content.", "code": "data_inspection_failed"}}""",
        AnswerOutcome.Withheld, "", 400)]
    [InlineData("""{"error": {"message": "x", "code": null, "innererror": {"code": "ResponsibleAIPolicyViolation"}}}""", AnswerOutcome.Withheld, "", 400)]
    [InlineData("""{"error": {"message": "The request was blocked: PROHIBITED_CONTENT"}}""", AnswerOutcome.Withheld, "", 400)]
    [InlineData("""{"error": {"message": "Your request was rejected by the safety system.", "type": "x"}}""", AnswerOutcome.Withheld, "", 400)]
    public async Task One_prompt_has_an_outcome(string body, AnswerOutcome outcome, string text, int status = 200)
    {
        await using var server = await ScriptedServer.StartAsync((context, _, _) => WriteAsync(context, status, body));
        using var client = EndpointClientTests.Client(server.Url);

        var answer = await EndpointClientTests.Ask(client);

        Assert.Equal((outcome, text), (answer.Outcome, answer.Text));
        Assert.Single(server.Asked);
        var use = client.Totals.Take()!;
        Assert.Equal((outcome == AnswerOutcome.Withheld ? 1 : 0, outcome == AnswerOutcome.NoAnswer ? 1 : (long?)null), (use.Withheld, use.NoAnswer));
    }

    [Theory]
    [InlineData("""{"error": {"message": "Provider returned error", "code": 429}}""")]
    [InlineData("""{"error": {"message": "Overloaded", "code": "503"}, "choices": null}""")]
    [InlineData("""{"error": {"message": "Slow down", "code": "rate_limit_exceeded"}, "choices": []}""")]
    public async Task An_error_inside_an_answer_is_tried_again_as_its_code_says(string body)
    {
        await using var server = await ScriptedServer.StartAsync(
            (context, _, number) => number < 3 ? WriteAsync(context, 200, body) : ScriptedServer.ChatAsync(context, "Now."));
        using var client = EndpointClientTests.Client(server.Url, clock: new HurriedClock(TimeSpan.FromSeconds(120)));

        Assert.Equal("Now.", (await EndpointClientTests.Ask(client)).Text);
        Assert.Equal(2, client.Totals.Take()!.Retries);
    }

    [Theory]
    [InlineData("""{"error": {"message": "No endpoints found", "code": 404}}""", "answered 404: No endpoints found")]
    [InlineData("""{"error": "It broke"}""", "answered 400: It broke")]
    public async Task Other_errors_inside_an_answer_end_with_the_servers_words(string body, string said)
    {
        await using var server = await ScriptedServer.StartAsync((context, _, _) => WriteAsync(context, 200, body));
        using var client = EndpointClientTests.Client(server.Url);

        var error = await Assert.ThrowsAsync<EndpointException>(() => EndpointClientTests.Ask(client));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Single(server.Asked);
    }

    [Theory]
    [InlineData("temperature", 400, """
        {"error": {"message": "Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1) value is supported.",
            "param": "temperature", "code": "unsupported_value"}}
        """)]
    [InlineData("seed", 422, """
        {"object": "error", "message": {"detail": [{"type": "extra_forbidden", "loc": ["body", "seed"], "msg": "Extra inputs are not permitted"}]}}
        """)]
    [InlineData("top_k", 422, """{"detail": [{"loc": ["body", "top_k"], "msg": "extra fields not permitted", "type": "value_error.extra"}]}""")]
    [InlineData("top_p", 400, """{"error": {"message": "top_p is not supported with this model"}}""")]
    [InlineData("top_k", 400, """{"error": {"message": "Unrecognized request argument supplied: top_k"}}""")]
    [InlineData("logprobs", 400, """{"error": {"message": "logprobs is not supported", "param": "logprobs"}}""")]
    [InlineData("max_tokens", 400, """{"error": {"message": "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."}}""")]
    public async Task A_field_that_is_refused_is_left_out_from_then_on_and_said_once(string field, int status, string body)
    {
        await using var server = await ScriptedServer.StartAsync((context, asked, _) => asked.TryGetProperty(field, out var _)
            ? WriteAsync(context, status, body)
            : ScriptedServer.ChatAsync(context, "Hi"));
        List<string> said = [];
        using var client = Client(server.Url, said);

        Assert.Equal("Hi", (await client.AskAsync(Full, CancellationToken.None)).Text);
        Assert.Equal("Hi", (await client.AskAsync(Full, CancellationToken.None)).Text);

        Assert.Equal(3, server.Asked.Count);
        Assert.Contains($"does not take '{field}'", Assert.Single(said), StringComparison.Ordinal);
        string[] before = [.. server.Asked.First().Body.EnumerateObject().Select(part => part.Name)];
        string[] after = [.. server.Asked.Last().Body.EnumerateObject().Select(part => part.Name)];
        string[] gone = field == "logprobs" ? ["logprobs", "top_logprobs"] : [field];
        string[] come = field == "max_tokens" ? ["max_completion_tokens"] : [];
        Assert.Equal(gone, before.Except(after));
        Assert.Equal(come, after.Except(before));
    }

    [Fact]
    public async Task Several_fields_are_learnt_one_after_the_other()
    {
        string[] strict = ["seed", "top_k", "temperature", "top_p"];
        await using var server = await ScriptedServer.StartAsync((context, asked, _) =>
            strict.FirstOrDefault(field => asked.TryGetProperty(field, out var _)) is { } field
                ? ScriptedServer.ErrorAsync(context, 400, $"Unknown parameter: '{field}'.")
                : ScriptedServer.ChatAsync(context, "Hi"));
        List<string> said = [];
        using var client = Client(server.Url, said, retries: 0);

        Assert.Equal("Hi", (await client.AskAsync(Full, CancellationToken.None)).Text);

        Assert.Equal(5, server.Asked.Count);
        Assert.Equal(4, said.Count);
    }

    [Theory]
    [InlineData("max_tokens is too large: 64. This model supports at most 32 completion tokens.", null)]
    [InlineData("This model's maximum context length is 4096 tokens, and max_tokens asks for more.", "max_tokens")]
    [InlineData("Invalid model: what is the temperature?", null)]
    [InlineData("messages is not supported", "messages")]
    public async Task A_fault_that_no_field_explains_stays_one(string message, string? param)
    {
        await using var server = await ScriptedServer.StartAsync((context, _, _) => WriteAsync(
            context, 400, System.Text.Json.JsonSerializer.Serialize(new { error = new { message, param } })));
        List<string> said = [];
        using var client = Client(server.Url, said);

        var error = await Assert.ThrowsAsync<EndpointException>(() => client.AskAsync(Full, CancellationToken.None));

        Assert.Contains(message.TrimEnd('.'), error.Message, StringComparison.Ordinal);
        Assert.Single(server.Asked);
        Assert.Empty(said);
    }

    private static EndpointQuestion Full => new([("user", "x")], 64) { Temperature = 0.7, TopP = 0.9, TopK = 5, Seed = 1, WantsFirstTokens = true };

    private static EndpointClient Client(string url, List<string> said, int retries = 5) => new(
        new EndpointSettings { Url = url, Model = "m", Retries = retries }, EndpointKey.Find(EndpointRole.Target, url, _ => null), "the target",
        TimeProvider.System, manners: new RequestManners(said.Add));

    private static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body);
    }
}
