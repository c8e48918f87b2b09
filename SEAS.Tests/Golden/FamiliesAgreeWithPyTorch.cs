using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Objectives;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Tests.Golden;

/// <summary>Biases, head widths, normed heads, sliding windows, blocks that do not turn and stretched rotary wavelengths:
/// logits and every gradient, to 1e-5 of what PyTorch computes.</summary>
public sealed class FamiliesAgreeWithPyTorch
{
    private static readonly Dictionary<string, LlamaConfig> s_families = new(StringComparer.Ordinal)
    {
        ["qwen2"] = GoldenModel.Config(tied: true) with { Family = ModelFamily.Qwen2, InputBias = true, RopeTheta = 1000 },
        ["llama31"] = GoldenModel.Config(tied: false) with
        {
            HeadWidth = 12,
            InputBias = true,
            OutputBias = true,
            RopeTheta = 500,
            Scaling = new RotaryScaling(RotaryScalingKind.Llama3, 4) { OriginalPositions = 16 },
        },
        ["qwen3"] = GoldenModel.Config(tied: true) with { Family = ModelFamily.Qwen3, HeadWidth = 12, NormedHeads = true, RopeTheta = 1000 },
        ["smollm3"] = GoldenModel.Config(tied: true) with
        {
            Family = ModelFamily.SmolLM3, UnturnedLayers = new LayerSet([1]), RopeTheta = 2000,
        },
        ["window"] = GoldenModel.Config(tied: false) with { Family = ModelFamily.Qwen2, Window = 5, WindowLayers = new LayerSet([0]) },
        ["yarn"] = GoldenModel.Config(tied: false) with
        {
            RopeTheta = 100, Scaling = new RotaryScaling(RotaryScalingKind.Yarn, 4) { OriginalPositions = 16, BetaFast = 4 },
        },
        ["linear"] = GoldenModel.Config(tied: false) with { Scaling = new RotaryScaling(RotaryScalingKind.Linear, 2) },
    };

    [Theory]
    [InlineData("qwen2")]
    [InlineData("llama31")]
    [InlineData("linear")]
    [InlineData("qwen3")]
    [InlineData("smollm3")]
    [InlineData("window")]
    [InlineData("yarn")]
    public void Logits_and_every_gradient(string family)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModel.Build(s_families[family], seed: 300);
        var rows = Rows();
        using var batch = PackedBatch.FromRows(rows, CPU);

        GoldenFile.AssertClose($"{family}/logits", model.Logits(model.Hidden(batch)).detach().data<float>().ToArray());

        var scores = AnswerScores.Of(model, batch);
        var count = rows.Sum(row => row.Length - 1);
        var loss = NextTokenLoss.Forward(scores.LogProbs, ones_like(scores.LogProbs), count);
        GoldenFile.AssertClose($"{family}/loss", [loss.item<float>()]);
        ObjectivesAgreeWithPyTorch.AssertGradients($"{family}/gradient", model, loss);
    }

    [Theory]
    [InlineData("qwen2")]
    [InlineData("llama31")]
    [InlineData("linear")]
    [InlineData("qwen3")]
    [InlineData("smollm3")]
    [InlineData("window")]
    [InlineData("yarn")]
    public void Cached_generation_is_what_whole_passes_choose(string family)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModel.Build(s_families[family], seed: 300);
        var prompts = Rows();
        var completions = new SEAS.Training.Engine.Generation.Generator(model).Generate(
            [.. prompts.Select(prompt => new GenerationRequest(prompt, [new RandomStream(1, "golden"), new RandomStream(2, "golden")]))],
            new SamplingSettings(Temperature: 0, TopP: 1, TopK: 0, MaxNewTokens: 10), new HashSet<int>(), CancellationToken.None);

        foreach (var (prompt, answers) in prompts.Zip(completions))
        {
            Assert.All(answers, answer => Assert.Equal(Greedy(model, prompt, 10), answer.Ids));
        }
    }

    private static List<int[]> Rows() =>
        [.. GoldenModel.Examples().Rows.Take(2).Select(row => (int[])[.. row.Prompt, .. row.Answer])];

    private static IEnumerable<int> Greedy(LlamaModel model, int[] prompt, int count)
    {
        List<int> ids = [.. prompt];
        using var inference = no_grad();
        for (var i = 0; i < count; i++)
        {
            using var scope = NewDisposeScope();
            using var batch = PackedBatch.FromRows([[.. ids]], CPU);
            var logits = model.Logits(model.Hidden(batch)).data<float>().ToArray().AsSpan((ids.Count - 1) * GoldenModel.Vocabulary);
            var best = 0;
            for (var token = 1; token < logits.Length; token++)
            {
                best = logits[token] > logits[best] ? token : best;
            }

            ids.Add(best);
        }

        return ids.Skip(prompt.Length);
    }
}
