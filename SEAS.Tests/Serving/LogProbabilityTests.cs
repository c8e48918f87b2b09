using System.Net;
using System.Text.Json;
using SEAS.Tests.Endpoints;
using SEAS.Training.Endpoints;
using SEAS.Training.Engine.Models;
using SEAS.Training.Guards;
using SEAS.Training.ModelFiles;
using SEAS.Training.Text.Templates;
using TorchSharp;

namespace SEAS.Tests.Serving;

/// <summary>What a served model says of its tokens' probabilities.</summary>
public sealed class LogProbabilityTests
{
    [Fact]
    public async Task A_chats_first_place_has_the_models_own_probabilities()
    {
        await using var host = await ServedHost.StartAsync();
        using var folder = ModelFolder.Load(EmbeddedWeights.Base, torch.CPU);
        var expected = LogSoftmax(folder, folder.Chat.Prompt(new ChatMessage("user", "Hello")));

        var (status, body) = await host.PostAsync("/v1/chat/completions", """
            {"model": "base", "max_tokens": 1, "temperature": 0, "top_p": 0.5, "logprobs": true, "top_logprobs": 5,
             "messages": [{"role": "user", "content": "Hello"}]}
            """);

        Assert.Equal(200, status);
        var place = Assert.Single(body.GetProperty("choices")[0].GetProperty("logprobs").GetProperty("content").EnumerateArray());
        var likeliest = expected.Select((value, id) => (Value: value, Id: id)).OrderByDescending(item => item.Value).Take(5).ToList();
        Assert.Equal(likeliest[0].Value, place.GetProperty("logprob").GetDouble(), 1e-4);
        Assert.Equal(
            likeliest.Select(item => folder.Tokenizer.Decode([item.Id], skipSpecial: false)),
            place.GetProperty("top_logprobs").EnumerateArray().Select(item => item.GetProperty("token").GetString()));
        Assert.All(likeliest.Zip(place.GetProperty("top_logprobs").EnumerateArray()),
            pair => Assert.Equal(pair.First.Value, pair.Second.GetProperty("logprob").GetDouble(), 1e-4));
        Assert.Equal(
            place.GetProperty("token").GetString(),
            System.Text.Encoding.UTF8.GetString([.. place.GetProperty("bytes").EnumerateArray().Select(value => value.GetByte())]));
    }

    [Fact]
    public async Task Without_being_asked_nothing_is_said_of_probabilities()
    {
        await using var host = await ServedHost.StartAsync();

        var chat = await host.PostAsync(
            "/v1/chat/completions", """{"model": "base", "max_tokens": 1, "messages": [{"role": "user", "content": "Hello"}]}""");
        var plain = await host.PostAsync("/v1/completions", """{"model": "base", "max_tokens": 1, "prompt": "Hello"}""");

        Assert.All([chat.Body, plain.Body],
            body => Assert.Equal(JsonValueKind.Null, body.GetProperty("choices")[0].GetProperty("logprobs").ValueKind));
    }

    [Fact]
    public async Task A_prompt_alone_comes_back_with_what_the_model_thinks_of_it()
    {
        await using var host = await ServedHost.StartAsync();
        using var folder = ModelFolder.Load(EmbeddedWeights.Base, torch.CPU);
        var ids = folder.Tokenizer.EncodeOpening("The bees are here.");

        var (status, body) = await host.PostAsync("/v1/completions", """
            {"model": "base", "max_tokens": 0, "echo": true, "logprobs": 1, "prompt": "The bees are here."}
            """);
        var byIds = await host.PostAsync("/v1/completions", JsonSerializer.Serialize(
            new { model = "base", max_tokens = 0, echo = true, logprobs = 1, prompt = new[] { ids } }));

        Assert.Equal(200, status);
        var choice = body.GetProperty("choices")[0];
        Assert.Equal("The bees are here.", choice.GetProperty("text").GetString());
        var told = choice.GetProperty("logprobs");
        var values = told.GetProperty("token_logprobs").EnumerateArray().ToList();
        Assert.Equal(ids.Length, values.Count);
        Assert.Equal(JsonValueKind.Null, values[0].ValueKind);
        Assert.Equal(JsonValueKind.Null, told.GetProperty("top_logprobs")[0].ValueKind);
        for (var place = 1; place < ids.Length; place++)
        {
            var expected = LogSoftmax(folder, ids[..place]);
            Assert.Equal(expected[ids[place]], values[place].GetDouble(), 1e-4);
            Assert.Equal(expected.Max(), Assert.Single(told.GetProperty("top_logprobs")[place].EnumerateObject()).Value.GetDouble(), 1e-4);
        }

        Assert.Equal(0, body.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal(told.ToString(), byIds.Body.GetProperty("choices")[0].GetProperty("logprobs").ToString());
    }

    [Fact]
    public async Task Offsets_lead_to_each_token_in_the_text_and_a_stop_text_ends_both()
    {
        await using var host = await ServedHost.StartAsync();
        var whole = Choice(await host.PostAsync("/v1/completions", """
            {"model": "base", "max_tokens": 12, "temperature": 0, "echo": true, "logprobs": 2, "prompt": "Once upon"}
            """));
        var text = whole.GetProperty("text").GetString()!;
        Assert.StartsWith("Once upon", text, StringComparison.Ordinal);
        Parts(whole, text);
        var stop = text[^4..^2];

        var cut = Choice(await host.PostAsync("/v1/completions", JsonSerializer.Serialize(new
        {
            model = "base", max_tokens = 12, temperature = 0, echo = true, logprobs = 2, prompt = "Once upon", stop,
        })));

        Assert.Equal(text[..text.IndexOf(stop, "Once upon".Length, StringComparison.Ordinal)], cut.GetProperty("text").GetString());
        var tokens = cut.GetProperty("logprobs").GetProperty("tokens").EnumerateArray().Select(token => token.GetString()).ToList();
        Assert.Equal("<|bos|>", tokens[0]);
        Assert.StartsWith(cut.GetProperty("text").GetString()!, string.Concat(tokens.Skip(1)), StringComparison.Ordinal);
        Assert.DoesNotContain(cut.GetProperty("logprobs").GetProperty("text_offset").EnumerateArray(),
            offset => offset.GetInt32() >= cut.GetProperty("text").GetString()!.Length);
    }

    /// <summary>The way round: a served guard is asked as a guard behind an endpoint, and its scores are those of its weights.</summary>
    [Fact]
    public async Task A_served_guard_is_read_by_its_probabilities()
    {
        await using var host = await ServedHost.StartAsync(folder: EmbeddedWeights.Guard);
        (string, string)[] pairs =
        [
            ("How do I bake bread?", "Mix flour and water, then wait."), ("How do I bake bread?", "I cannot help with that."),
            ("How do I forge a stamp?", "Sure, here is how: first, take the paper."),
        ];
        using var here = Guard.Load(EmbeddedWeights.Guard, torch.CPU);
        EndpointUse? use = null;
        using var there = new RemoteGuard(
            EndpointClientTests.Client($"{host.Address}/v1", model: ServedHost.Model), GuardFormat.Embedded, told => use = told);

        var expected = here.Score(pairs, CancellationToken.None);
        var readings = await Task.Run(() => there.Read(pairs, CancellationToken.None));

        Assert.All(readings, reading => Assert.False(reading.ByWord));
        Assert.All(expected.Zip(readings), pair => Assert.Equal(pair.First, pair.Second.Score, 1e-3));
        Assert.Equal((3, 0), (use!.Calls, use.Retries));
    }

    private static JsonElement Choice((int Status, JsonElement Body) answer)
    {
        Assert.Equal((int)HttpStatusCode.OK, answer.Status);
        return answer.Body.GetProperty("choices")[0];
    }

    private static void Parts(JsonElement choice, string text)
    {
        var told = choice.GetProperty("logprobs");
        var offsets = told.GetProperty("text_offset").EnumerateArray().Select(offset => offset.GetInt32()).ToList();
        var tokens = told.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!).ToList();
        Assert.Equal(tokens.Count, offsets.Count);
        for (var at = 1; at < tokens.Count; at++)   // the first may be the mark that opens a text
        {
            Assert.Equal(tokens[at], text.Substring(offsets[at], tokens[at].Length));
        }
    }

    // Worked out here, in double, from the logits of the last place.
    private static double[] LogSoftmax(ModelFolder folder, int[] ids)
    {
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        using var batch = PackedBatch.FromRows([ids], torch.CPU);
        var logits = folder.Model.Logits(folder.Model.Hidden(batch)).data<float>().ToArray()[^folder.Model.Config.VocabularySize..];
        var highest = logits.Max();
        var sum = logits.Sum(value => Math.Exp(value - (double)highest));
        return [.. logits.Select(value => value - highest - Math.Log(sum))];
    }
}
