using SEAS.Data.Contracts;
using SEAS.Tests.Engine.Models;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Generation;

/// <summary>Cached, batched, prefix-shared and merged: each writes token for token what the plain model writes alone.</summary>
public sealed class AdaptedGenerationTests
{
    private static readonly HashSet<int> s_noStops = [];

    [Fact]
    public void Adapters_beside_the_weights_and_merged_into_them_write_the_same()
    {
        using var model = SmallModels.Untied.Clone();
        var requests = Enumerable.Range(0, 12).Select(i => Request(SmallModels.Tokens(3 + i, i), i, 2)).ToArray();
        var without = Ids(model, requests);
        using var adapters = LoraAdapters.Attach(model, new LoraSettings { Rank = 2 }, Matrices);

        var beside = Ids(model, requests);
        var plain = requests.Select(request => WithoutCache(model, request.Prompt)).ToList();
        adapters.Merge();

        Assert.NotEqual(without, beside);
        Assert.Equal(plain, beside.Select(answers => answers[0]));
        Assert.Equal(beside, Ids(model, requests));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_composition_of_a_batch_writes_what_each_prompt_gets_alone(int seed)
    {
        // Prompts of any length, some shared by several answers, some the beginning of others.
        var random = new RandomStream((ulong)seed, "tests/compositions");
        var requests = Enumerable.Range(0, 3 + random.Next(30))
            .Select(i => Request(SmallModels.Tokens(1 + random.Next(40), random.Next(4)), i, 1 + random.Next(5))).ToArray();

        var together = Ids(SmallModels.Tied, requests);

        Assert.All(requests.Zip(together), pair => Assert.All(
            pair.Second, answer => Assert.Equal(WithoutCache(SmallModels.Tied, pair.First.Prompt), answer)));
    }

    private static (Tensor A, Tensor B) Matrices(Projection projection, int rank)
    {
        var (narrow, wide) = (projection.Weight.shape[0], projection.Weight.shape[1]);
        return (NormalNumbers.Draw([rank, wide], 0.3, new RandomStream(5, projection.Name + "/A")),
            NormalNumbers.Draw([narrow, rank], 0.3, new RandomStream(5, projection.Name + "/B")));
    }

    private static List<List<int[]>> Ids(LlamaModel model, GenerationRequest[] requests) =>
        [.. new SEAS.Training.Engine.Generation.Generator(model).Generate(requests, SamplingSettings.Greedy(10), s_noStops, CancellationToken.None)
            .Select(answers => answers.Select(answer => answer.Ids).ToList())];

    private static int[] WithoutCache(LlamaModel model, int[] prompt)
    {
        List<int> ids = [.. prompt];
        for (var i = 0; i < 10; i++)
        {
            var logits = SmallModels.LogitsAlone(model, [.. ids])[^1];
            ids.Add(Array.IndexOf(logits, logits.Max()));
        }

        return [.. ids[prompt.Length..]];
    }

    private static GenerationRequest Request(int[] prompt, int index, int answers) =>
        new(prompt, [.. Enumerable.Range(0, answers).Select(answer => new RandomStream(2, "tests/answers", index, answer))]);
}
