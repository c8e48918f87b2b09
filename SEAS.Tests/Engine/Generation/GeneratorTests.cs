using SEAS.Tests.Engine.Models;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using TorchSharp;

namespace SEAS.Tests.Engine.Generation;

public sealed class GeneratorTests
{
    private static readonly SamplingSettings s_sampling = new(0.9, 0.95, 0, 12);
    private static readonly HashSet<int> s_noStops = [];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void With_a_cache_the_most_probable_tokens_are_those_without(bool tied)
    {
        var model = tied ? SmallModels.Tied : SmallModels.Untied;
        int[][] prompts = [SmallModels.Tokens(5, 0), SmallModels.Tokens(1, 1), SmallModels.Tokens(20, 2)];

        var found = Generate(model, [.. prompts.Select((prompt, i) => Request(prompt, i, 2))], SamplingSettings.Greedy(25));

        for (var i = 0; i < prompts.Length; i++)
        {
            var expected = WithoutCache(model, prompts[i], 25);
            Assert.All(found[i], answer => Assert.Equal(expected, answer.Ids));
        }
    }

    [Fact]
    public void An_answer_does_not_depend_on_what_else_is_in_the_batch()
    {
        var requests = Enumerable.Range(0, 40).Select(i => Request(SmallModels.Tokens(1 + (i % 23), i), i, 1 + (i % 4))).ToArray();
        var together = Generate(SmallModels.Untied, requests, s_sampling);

        foreach (var i in (int[])[0, 7, 22, 39])
        {
            var alone = Generate(SmallModels.Untied, [Request(requests[i].Prompt, i, requests[i].Streams.Count)], s_sampling);
            Assert.Equal(alone[0].Select(answer => answer.Ids), together[i].Select(answer => answer.Ids));
        }
    }

    [Fact]
    public void More_answers_than_fit_into_one_wave_keep_their_order()
    {
        var requests = Enumerable.Range(0, 90).Select(i => Request(SmallModels.Tokens(1 + (i % 7), i), i, 8)).ToArray();
        var all = Generate(SmallModels.Untied, requests, s_sampling with { MaxNewTokens = 2 });

        Assert.Equal(90, all.Count);
        var last = Generate(SmallModels.Untied, [Request(requests[89].Prompt, 89, 8)], s_sampling with { MaxNewTokens = 2 });
        Assert.Equal(last[0].Select(answer => answer.Ids), all[89].Select(answer => answer.Ids));
    }

    [Fact]
    public void A_stop_token_ends_an_answer_and_is_not_a_part_of_it()
    {
        var request = Request(SmallModels.Tokens(5, 0), 0, 6);
        var endless = Generate(SmallModels.Untied, [request], s_sampling)[0];
        var stop = endless[0].Ids[3];

        var stopped = Generate(SmallModels.Untied, [Request(request.Prompt, 0, 6)], s_sampling, [stop])[0];

        for (var i = 0; i < stopped.Count; i++)
        {
            var at = Array.IndexOf(endless[i].Ids, stop);
            Assert.Equal(at >= 0, stopped[i].Stopped);
            Assert.Equal(at >= 0 ? endless[i].Ids[..at] : endless[i].Ids, stopped[i].Ids);
        }
    }

    [Fact]
    public void Tokens_are_told_as_they_come_with_their_places()
    {
        List<(int Request, int Answer, int Token)> heard = [];
        var requests = new[] { Request(SmallModels.Tokens(2, 0), 0, 2), Request(SmallModels.Tokens(9, 1), 1, 1) };

        var answers = new Generator(SmallModels.Untied).Generate(
            requests, s_sampling, s_noStops, CancellationToken.None, (request, answer, token) => heard.Add((request, answer, token)));

        for (var request = 0; request < 2; request++)
        {
            for (var answer = 0; answer < answers[request].Count; answer++)
            {
                var (r, a) = (request, answer);
                Assert.Equal(answers[r][a].Ids, heard.Where(token => token.Request == r && token.Answer == a).Select(token => token.Token));
            }
        }
    }

    [Fact]
    public void Each_request_may_have_its_own_length_and_none_outgrows_the_context()
    {
        var requests = new[]
        {
            Request(SmallModels.Tokens(2, 0), 0, 1) with { MaxNewTokens = 3 },
            Request(SmallModels.Tokens(60, 1), 1, 1),
            Request(SmallModels.Tokens(4, 2), 2, 1),
        };

        var answers = Generate(SmallModels.Untied, requests, s_sampling);

        Assert.Equal([3, 4, 12], answers.Select(answer => answer[0].Ids.Length));
        Assert.All(answers, answer => Assert.False(answer[0].Stopped));
    }

    [Fact]
    public void A_request_without_answers_and_a_call_without_requests_are_fine()
    {
        Assert.Empty(Generate(SmallModels.Tied, [], s_sampling));
        Assert.Empty(Assert.Single(Generate(SmallModels.Tied, [Request(SmallModels.Tokens(3, 0), 0, 0)], s_sampling)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    public void A_prompt_that_leaves_no_room_or_is_empty_is_refused(int length) =>
        Assert.Contains(
            $"Prompt 0 has {length} tokens",
            Assert.Throws<ArgumentException>(() =>
                Generate(SmallModels.Tied, [Request(SmallModels.Tokens(length, 0), 0, 1)], s_sampling)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Cancelling_stops_before_the_next_pass()
    {
        using var source = new CancellationTokenSource();
        var heard = 0;

        Assert.Throws<OperationCanceledException>(() => new Generator(SmallModels.Untied).Generate(
            [Request(SmallModels.Tokens(3, 0), 0, 1)], s_sampling, s_noStops, source.Token, (_, _, _) => Stop()));

        Assert.Equal(2, heard);

        void Stop()
        {
            heard++;
            if (heard == 2)
            {
                source.Cancel();
            }
        }
    }

    private static int[] WithoutCache(LlamaModel model, int[] prompt, int count)
    {
        List<int> ids = [.. prompt];
        for (var i = 0; i < count; i++)
        {
            var logits = SmallModels.LogitsAlone(model, [.. ids])[^1];
            ids.Add(Array.IndexOf(logits, logits.Max()));
        }

        return [.. ids[prompt.Length..]];
    }

    private static GenerationRequest Request(int[] prompt, int index, int answers) =>
        new(prompt, [.. Enumerable.Range(0, answers).Select(answer => new RandomStream(2, "tests/answers", index, answer))]);

    private static IReadOnlyList<IReadOnlyList<Completion>> Generate(
        LlamaModel model, GenerationRequest[] requests, SamplingSettings settings, HashSet<int>? stops = null) =>
        new Generator(model).Generate(requests, settings, stops ?? s_noStops, CancellationToken.None);
}
