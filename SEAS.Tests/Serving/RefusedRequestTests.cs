using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace SEAS.Tests.Serving;

/// <summary>Requests that a served model cannot meet, and odd ones that it can: never an error of the server's own.</summary>
public sealed class RefusedRequestTests
{
    private const string Hi = """ "messages": [{"role": "user", "content": "Hi"}] """;

    [Theory]
    [InlineData("""{"model": "base"}""", "messages", null)]
    [InlineData("""{"model": "base", "messages": []}""", "messages", null)]
    [InlineData("""{"model": "base", "messages": "Hi"}""", "messages", null)]
    [InlineData("""{"model": "base", "messages": ["Hi"]}""", "messages[0]", null)]
    [InlineData("""{"model": 7, "messages": [{"role": "user", "content": "x"}]}""", "model", null)]
    [InlineData("""{"messages": [{"role": "user", "content": "x"}]}""", "model", null)]
    [InlineData("""{"model": "base", "messages": [{"role": "user", "content": "x"}, {"role": "tool", "content": "x"}]}""", "messages[1].role", null)]
    [InlineData("""{"model": "base", "messages": [{"role": 3, "content": "x"}]}""", "messages[0].role", null)]
    [InlineData("""{"model": "base", "messages": [{"role": "user", "content": null}]}""", "messages[0].content", null)]
    [InlineData("""{"model": "base", "messages": [{"role": "user"}]}""", "messages[0].content", null)]
    [InlineData("""{"model": "base", "messages": [{"role": "user", "content": 5}]}""", "messages[0].content", null)]
    [InlineData("""{"model": "base", "messages": [{"role": "user", "content": [{"type": "image_url"}]}]}""", "messages[0].content[0]", null)]
    [InlineData("""{"model": "base", "messages": [{"role": "assistant", "content": null, "tool_calls": [{"id": "c"}]}]}""",
        "messages[0].tool_calls", "unsupported_parameter")]
    [InlineData("{\"model\": \"base\", \"messages\": [{\"role\": \"user\", \"content\": \"half \\ud83d\"}]}", "messages[0].content", null)]
    [InlineData("{\"model\": \"base\", \"stop\": \"\\udc00\"," + Hi + "}", "stop", null)]
    [InlineData("{\"model\": \"base\", \"stream\": true, \"user\": \"\\ud83d\"," + Hi + "}", "user", null)]
    [InlineData("{\"model\": \"base\", \"\\ud83d\": 1," + Hi + "}", null, null)]
    [InlineData("""{"model": "base", "temperature": 9, """ + Hi + "}", "temperature", null)]
    [InlineData("""{"model": "base", "temperature": "0.5", """ + Hi + "}", "temperature", null)]
    [InlineData("""{"model": "base", "temperature": 1e999, """ + Hi + "}", "temperature", null)]
    [InlineData("""{"model": "base", "max_tokens": -1, """ + Hi + "}", "max_tokens", null)]
    [InlineData("""{"model": "base", "max_tokens": 0, """ + Hi + "}", "max_tokens", null)]
    [InlineData("""{"model": "base", "max_tokens": 1e999, """ + Hi + "}", "max_tokens", null)]
    [InlineData("""{"model": "base", "n": 1.5, """ + Hi + "}", "n", null)]
    [InlineData("""{"model": "base", "n": 1000, """ + Hi + "}", "n", null)]
    [InlineData("""{"model": "base", "seed": "seven", """ + Hi + "}", "seed", null)]
    [InlineData("""{"model": "base", "seed": 99999999999999999999, """ + Hi + "}", "seed", null)]
    [InlineData("""{"model": "base", "stop": [""], """ + Hi + "}", "stop", null)]
    [InlineData("""{"model": "base", "stop": [1], """ + Hi + "}", "stop", null)]
    [InlineData("""{"model": "base", "stop": ["a", "b", "c", "d", "e"], """ + Hi + "}", "stop", null)]
    [InlineData("""{"model": "base", "stream": "yes", """ + Hi + "}", "stream", null)]
    [InlineData("""{"model": "base", "stream_options": {"include_usage": true}, """ + Hi + "}", "stream_options", null)]
    [InlineData("""{"model": "base", "stream": true, "stream_options": {"include_usage": 1}, """ + Hi + "}", "stream_options.include_usage", null)]
    [InlineData("""{"model": "base", "logprobs": 3, """ + Hi + "}", "logprobs", null)]
    [InlineData("""{"model": "base", "top_logprobs": 3, """ + Hi + "}", "top_logprobs", null)]
    [InlineData("""{"model": "base", "logprobs": true, "top_logprobs": 21, """ + Hi + "}", "top_logprobs", null)]
    [InlineData("""{"model": "base", "made_up": 1, """ + Hi + "}", "made_up", "unsupported_parameter")]
    [InlineData("""{"model": "base", "prompt": "x", """ + Hi + "}", "prompt", "unsupported_parameter")]
    [InlineData("""{"model": "base", "tools": [{"type": "function"}], """ + Hi + "}", "tools", "unsupported_value")]
    [InlineData("""{"model": "base", "response_format": {"type": "json_object"}, """ + Hi + "}", "response_format", "unsupported_value")]
    [InlineData("""{"model": "nobody", """ + Hi + "}", "model", "model_not_found", 404)]
    [InlineData("[1]", null, null)]
    [InlineData("null", null, null)]
    [InlineData("", null, null)]
    [InlineData("""{"model": "ba""", null, null)]
    public async Task A_chat_that_cannot_be_met_names_its_field(string body, string? field, string? code, int status = 400)
    {
        await using var host = await ServedHost.StartAsync();

        var answer = await host.PostAsync("/v1/chat/completions", body);

        Assert.Equal(status, answer.Status);
        Error(answer.Body, field, code);
    }

    [Theory]
    [InlineData("""{"model": "base"}""", "prompt")]
    [InlineData("""{"model": "base", "prompt": []}""", "prompt")]
    [InlineData("""{"model": "base", "prompt": [1, "x"]}""", "prompt")]
    [InlineData("""{"model": "base", "prompt": [999999999]}""", "prompt")]
    [InlineData("""{"model": "base", "prompt": [-1]}""", "prompt")]
    [InlineData("""{"model": "base", "prompt": [[]]}""", "prompt")]
    [InlineData("{\"model\": \"base\", \"prompt\": \"half \\ud83d\"}", "prompt")]
    [InlineData("""{"model": "base", "prompt": "x", "messages": [{}]}""", "messages")]
    [InlineData("""{"model": "base", "prompt": "x", "logprobs": true}""", "logprobs")]
    [InlineData("""{"model": "base", "prompt": "x", "logprobs": 21}""", "logprobs")]
    [InlineData("""{"model": "base", "prompt": "x", "max_tokens": 0}""", "max_tokens")]
    [InlineData("""{"model": "base", "prompt": "x", "best_of": 3}""", "best_of")]
    [InlineData("""{"model": "base", "prompt": "x", "suffix": "y"}""", "suffix")]
    public async Task A_completion_that_cannot_be_met_names_its_field(string body, string field)
    {
        await using var host = await ServedHost.StartAsync();

        var answer = await host.PostAsync("/v1/completions", body);

        Assert.Equal(400, answer.Status);
        Assert.Equal(field, answer.Body.GetProperty("error").GetProperty("param").GetString());
    }

    [Theory]
    [InlineData("""{"model": "base", "max_tokens": 2, "messages": [{"role": "developer", "content": "Be brief."}, {"role": "user", "content": "Hi"}]}""")]
    [InlineData("""
        {"model": "base", "max_tokens": 2,
            "messages": [{"role": "user", "content": [{"type": "text", "text": "H"}, {"type": "text", "text": "i"}]}]}
        """)]
    [InlineData("""
        {"model": "base", "max_tokens": 2, "messages": [{"role": "user", "content": "Hi"},
            {"role": "assistant", "content": null, "tool_calls": null, "audio": null, "annotations": []}, {"role": "user", "content": "Again"}]}
        """)]
    [InlineData("""
        {"model": "base", "max_tokens": 2.0, "temperature": null, "top_p": null, "n": null, "stop": null, "seed": null, "stream": null,
            "stream_options": null, "logprobs": null, "top_logprobs": null, "tools": null, "tool_choice": null, "response_format": null,
            "logit_bias": null, "reasoning_effort": null, "user": null, "messages": [{"role": "user", "content": "Hi", "name": null}]}
        """)]
    [InlineData("""
        {"model": "base", "max_completion_tokens": 2, "frequency_penalty": 0.0, "presence_penalty": 0, "logit_bias": {}, "tools": [],
            "tool_choice": "auto", "parallel_tool_calls": true, "response_format": {"type": "text"}, "modalities": ["text"], "top_k": -1,
            "logprobs": false, "stop": ["x", "y"], "metadata": {"a": "b"}, "store": false, "messages": [{"role": "user", "content": "Hi"}]}
        """)]
    [InlineData("""{"model": "base", "max_tokens": 9000000000, "temperature": 0, "messages": [{"role": "user", "content": "Hi"}], "stop": "e"}""")]
    public async Task What_clients_send_of_habit_is_taken(string body)
    {
        await using var host = await ServedHost.StartAsync();

        var answer = await host.PostAsync("/v1/chat/completions", body);

        Assert.Equal(200, answer.Status);
        Assert.Equal("chat.completion", answer.Body.GetProperty("object").GetString());
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", 404, "unknown_url")]
    [InlineData("POST", "/v1/embeddings", 404, "unknown_url")]
    [InlineData("POST", "/v1/responses", 404, "unknown_url")]
    [InlineData("GET", "/v1/chat/completions", 405, "method_not_supported")]
    [InlineData("DELETE", "/v1/models", 405, "method_not_supported")]
    [InlineData("GET", "/v1/models/nobody", 404, "model_not_found")]
    [InlineData("GET", "/v1/models/run%2Ftarget-2", 404, "model_not_found")]
    public async Task An_address_that_is_not_known_is_an_error_in_the_same_shape(string method, string path, int status, string code)
    {
        await using var host = await ServedHost.StartAsync();

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task One_model_is_told_by_its_name()
    {
        await using var host = await ServedHost.StartAsync();

        var listed = (await host.Client.GetFromJsonAsync<JsonElement>("/v1/models")).GetProperty("data")[0];
        var one = await host.Client.GetFromJsonAsync<JsonElement>($"/v1/models/{ServedHost.Model}");

        Assert.Equal(listed.ToString(), one.ToString());
        Assert.Equal(("base", "model"), (one.GetProperty("id").GetString(), one.GetProperty("object").GetString()));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_and_bodies_that_are_too_large_are_refused()
    {
        await using var host = await ServedHost.StartAsync();
        byte[] broken = [.. Encoding.UTF8.GetBytes("""{"model": "base", "messages": [{"role": "user", "content": "a"""), 0xFF, .. "\"}]}"u8];

        using var odd = await host.Client.PostAsync("/v1/chat/completions", new ByteArrayContent(broken));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new ByteArrayContent(new byte[5 << 20]), Headers = { ExpectContinue = true },   // else the refusal may find us still writing
        };
        using var large = await host.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.RequestEntityTooLarge), (odd.StatusCode, large.StatusCode));
        Error(await odd.Content.ReadFromJsonAsync<JsonElement>(), "messages[0].content", null);
        Error(await large.Content.ReadFromJsonAsync<JsonElement>(), null, null);
    }

    [Fact]
    public async Task A_prompt_without_room_for_an_answer_has_the_code_that_clients_know()
    {
        await using var host = await ServedHost.StartAsync();
        var words = string.Join(' ', Enumerable.Repeat("bees", 5000));

        var chat = await host.PostAsync("/v1/chat/completions", JsonSerializer.Serialize(
            new { model = "base", messages = new[] { new { role = "user", content = words } } }));
        var plain = await host.PostAsync("/v1/completions", JsonSerializer.Serialize(new { model = "base", prompt = words }));

        Error(chat.Body, "messages", "context_length_exceeded");
        Error(plain.Body, "prompt", "context_length_exceeded");
    }

    [Fact]
    public async Task The_key_and_other_sites_are_refused_in_the_same_shape()
    {
        await using var host = await ServedHost.StartAsync(token: "a-token-long-enough-to-use");
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { { "Origin", "https://elsewhere.example" } } };

        using var keyless = await host.Client.GetAsync("/v1/models");
        using var elsewhere = await host.Client.SendAsync(foreign);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden), (keyless.StatusCode, elsewhere.StatusCode));
        Error(await keyless.Content.ReadFromJsonAsync<JsonElement>(), null, "invalid_api_key");
        Error(await elsewhere.Content.ReadFromJsonAsync<JsonElement>(), null, "origin_not_allowed");
    }

    private static void Error(JsonElement body, string? field, string? code)
    {
        var error = body.GetProperty("error");
        Assert.Equal(["message", "type", "param", "code"], error.EnumerateObject().Select(part => part.Name));
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.NotEqual("", error.GetProperty("message").GetString());
        Assert.Equal((field, code), (error.GetProperty("param").GetString(), error.GetProperty("code").GetString()));
    }
}
