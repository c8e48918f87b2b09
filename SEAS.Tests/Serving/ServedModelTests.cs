using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SEAS.Tests.Support;
using SEAS.Training.Engine.Generation;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Templates;
using TorchSharp;

namespace SEAS.Tests.Serving;

/// <summary>A served model, asked over HTTP, by hand and by npm's <c>openai</c> client.</summary>
public sealed class ServedModelTests
{
    private const string Model = ServedHost.Model;

    [SkippableFact]
    public async Task The_openai_client_gets_what_the_model_writes()
    {
        NodeScript.Require("openai");
        await using var host = await ServedHost.StartAsync();

        var asked = JsonElement.Parse(await NodeScript.RunAsync("Serving/ask-openai.mjs", null, $"{host.Address}/v1", Model));

        var expected = Greedy("Hello", 12);
        Assert.Equal([Model], asked.GetProperty("models").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(expected.Text, asked.GetProperty("whole").GetString());
        Assert.Equal(expected.Text, asked.GetProperty("streamed").GetString());
        Assert.Equal(expected.Stopped ? "stop" : "length", asked.GetProperty("finish").GetString());
        Assert.Equal(asked.GetProperty("finish").GetString(), asked.GetProperty("streamedFinish").GetString());
        Assert.Equal(expected.Tokens, asked.GetProperty("wholeUsage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal(asked.GetProperty("wholeUsage").ToString(), asked.GetProperty("streamedUsage").ToString());
        Assert.NotEqual("", asked.GetProperty("plain").GetString());
        Assert.Equal(asked.GetProperty("first").ToString(), asked.GetProperty("second").ToString());
        Assert.Equal(404, asked.GetProperty("failure").GetProperty("status").GetInt32());
        Assert.Equal("model_not_found", asked.GetProperty("failure").GetProperty("code").GetString());
        Assert.Equal("tools", asked.GetProperty("refused").GetProperty("param").GetString());
        Assert.Equal(Model, asked.GetProperty("retrieved").GetString());
        Assert.Equal("model_not_found", asked.GetProperty("missing").GetProperty("code").GetString());
        var chances = asked.GetProperty("chances");
        Assert.Equal(expected.Tokens, chances.GetArrayLength());
        Assert.Equal(chances.ToString(), asked.GetProperty("streamedChances").ToString());
        Assert.All(chances.EnumerateArray(), place => Assert.Equal(   // greedy takes the likeliest
            place.GetProperty("logprob").GetDouble(), place.GetProperty("top_logprobs")[0].GetProperty("logprob").GetDouble(), 1e-4));
    }

    [Fact]
    public async Task A_prompt_that_fills_the_context_is_refused()
    {
        await using var host = await ServedHost.StartAsync();
        var words = string.Join(' ', Enumerable.Repeat("bees", 5000));

        using var answer = await host.Client.PostAsJsonAsync(
            "/v1/chat/completions", new { model = Model, messages = new[] { new { role = "user", content = words } } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("leaves no room", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_ends_before_a_stop_text()
    {
        await using var host = await ServedHost.StartAsync();
        var whole = Greedy("Hello", 12).Text;
        var stop = whole[(whole.Length / 2)..(whole.Length / 2 + 2)];

        using var answer = await host.Client.PostAsJsonAsync("/v1/chat/completions", new
        {
            model = Model, temperature = 0, max_tokens = 12, stop, messages = new[] { new { role = "user", content = "Hello" } },
        });

        var choice = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("choices")[0];
        var text = choice.GetProperty("message").GetProperty("content").GetString();
        Assert.Equal(whole[..whole.IndexOf(stop, StringComparison.Ordinal)], text);
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task Questions_asked_together_get_their_own_answers()
    {
        await using var host = await ServedHost.StartAsync();
        string[] prompts = ["Hello", "How do I bake bread?", "Name a color.", "What is two plus two?", "Tell me about bees."];

        var answers = await Task.WhenAll(prompts.Select(async prompt =>
        {
            using var answer = await host.Client.PostAsJsonAsync("/v1/chat/completions", new
            {
                model = Model, temperature = 0, max_tokens = 12, messages = new[] { new { role = "user", content = prompt } },
            });
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("choices")[0].GetProperty("message")
                .GetProperty("content").GetString();
        }));

        Assert.Equal(prompts.Select(prompt => Greedy(prompt, 12).Text), answers);
    }

    [Fact]
    public async Task With_a_token_set_nobody_is_answered_without_it()
    {
        await using var host = await ServedHost.StartAsync(token: "a-token-long-enough-to-use");

        using var refused = await host.Client.GetAsync("/v1/models");
        host.Client.DefaultRequestHeaders.Authorization = new("Bearer", "a-token-long-enough-to-use");
        using var allowed = await host.Client.GetAsync("/v1/models");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, allowed.StatusCode));
    }

    private static (string Text, int Tokens, bool Stopped) Greedy(string message, int tokens)
    {
        using var folder = ModelFolder.Load(EmbeddedWeights.Base, torch.CPU);
        var stops = folder.Chat.StopIds.ToHashSet();
        if (folder.Tokenizer.EosId is { } end)
        {
            stops.Add(end);
        }

        var completion = new Generator(folder.Model).Generate(
            [new GenerationRequest(folder.Chat.Prompt(new ChatMessage("user", message)), [new(1, "test")])],
            SamplingSettings.Greedy(tokens), stops, CancellationToken.None)[0][0];
        return (folder.Tokenizer.Decode(completion.Ids), completion.Ids.Length, completion.Stopped);
    }
}
