using SEAS.Tests.Golden;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Recipes;

public sealed class LoraRecipeTests
{
    private static readonly LoraSettings s_queries = new() { Rank = 2, Alpha = 4, Targets = ["q_proj", "down_proj"] };

    [Fact]
    public void Only_the_projections_aimed_at_change_and_the_loss_falls()
    {
        using var model = GoldenModel.Build(tied: true, seed: 100);
        using var before = model.Clone();
        List<double> losses = [];

        SftRecipe.Run(
            model, GoldenModel.Examples().Rows, new TrainingSettings { LearningRate = 0.01, Epochs = 20, Lora = s_queries },
            new RandomStream(1, "test"), report => losses.Add(report.Metrics["loss"]), CancellationToken.None);

        Assert.True(losses[^1] < losses[0] - 0.1, $"from {losses[0]} to {losses[^1]}");
        foreach (var ((name, now), (_, then)) in model.Parameters.Zip(before.Parameters))
        {
            var aimed = name.Contains("q_proj", StringComparison.Ordinal) || name.Contains("down_proj", StringComparison.Ordinal);
            Assert.Equal((name, aimed), (name, !Numbers(now).SequenceEqual(Numbers(then))));
        }
    }

    [Fact]
    public void The_policy_without_adapters_is_its_own_reference()
    {
        var settings = new DpoSettings { LearningRate = 0.01, Epochs = 3, Lora = s_queries };
        using var shared = GoldenModel.Build(tied: true, seed: 100);
        using var apart = GoldenModel.Build(tied: true, seed: 100);
        using var copy = GoldenModel.Build(tied: true, seed: 100);

        var withShared = Tune(shared, shared, settings);
        var withCopy = Tune(apart, copy, settings);

        Assert.Equal(withCopy, withShared);
        Assert.Equal(0, withShared[0]["rewards/margins"], 1e-6);
        Assert.True(withShared[^1]["rewards/margins"] > 0.01);
        Assert.Equal(All(apart), All(shared));
    }

    [Fact]
    public void A_training_that_is_cancelled_leaves_the_weights_as_they_were()
    {
        using var model = GoldenModel.Build(tied: true, seed: 100);
        using var before = model.Clone();
        using var stop = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => SftRecipe.Run(
            model, GoldenModel.Examples().Rows, new TrainingSettings { LearningRate = 0.01, Epochs = 20, Lora = s_queries },
            new RandomStream(1, "test"), _ => stop.Cancel(), stop.Token));

        Assert.Equal(All(before), All(model));
        Assert.All(model.Parameters, parameter => Assert.True(parameter.Value.requires_grad));
    }

    [Fact]
    public void Numbers_out_of_range_are_all_reported()
    {
        var problems = new TrainingSettings { Lora = new LoraSettings { Rank = 0, Alpha = -1, Targets = ["embed"] } }.Problems().ToList();

        Assert.Equal(3, problems.Count);
    }

    private static List<IReadOnlyDictionary<string, double>> Tune(LlamaModel policy, LlamaModel reference, DpoSettings settings)
    {
        List<IReadOnlyDictionary<string, double>> metrics = [];
        DpoRecipe.Run(
            policy, reference, GoldenModel.Examples().Pairs, [], settings, new RandomStream(1, "test"),
            report => metrics.Add(new Dictionary<string, double>(report.Metrics)), CancellationToken.None);
        return metrics;
    }

    private static IEnumerable<float[]> All(LlamaModel model) => model.Parameters.Select(parameter => Numbers(parameter.Value));

    private static float[] Numbers(Tensor tensor) => tensor.detach().data<float>().ToArray();
}
