using SEAS.Data.Contracts;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Tests.Golden;

/// <summary>Whole recipes with AdamW, decay, clipping and schedule, to 1e-5 of what PyTorch's optimizer arrives at.</summary>
/// <remarks>AdamW's ε is 1e-4 here; <c>make_golden.py</c> says why.</remarks>
public sealed class TrainingAgreesWithPyTorch
{
    [Fact]
    public void Two_steps_of_fine_tuning()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModel.Build(tied: false, seed: 100);
        var rows = GoldenModel.Examples().Rows;
        // Two warm-up steps to 0.002: learning rates 0.001 and 0.002.
        var settings = new TrainingSettings
        {
            LearningRate = 0.002, BatchSize = 4, Epochs = 2, WarmupSteps = 2, WeightDecay = 0.01, AdamEpsilon = 1e-4,
        };
        var reports = new List<StepReport>();

        SftRecipe.Run(model, rows, settings, new RandomStream(1, "test"), reports.Add, CancellationToken.None);

        GoldenFile.AssertClose("untied/sft/loss", [(float)reports[0].Metrics["loss"]]);
        GoldenFile.AssertClose("untied/sft/norms", [.. reports.Select(report => (float)report.Metrics["grad_norm"])]);
        AssertWeights("untied/sft/after", model);
    }

    [Theory]
    [InlineData(PreferenceLoss.Sigmoid, 0.1, "dpo")]
    [InlineData(PreferenceLoss.Ipo, 0, "ipo")]
    public void One_step_of_preference_training_with_all_its_terms(PreferenceLoss loss, double smoothing, string name)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModel.Build(tied: true, seed: 100);
        using var reference = GoldenModel.Build(tied: true, seed: 200);
        var (rows, pairs) = GoldenModel.Examples();
        var settings = new DpoSettings
        {
            LearningRate = 0.001, BatchSize = 3, Cosine = false, WeightDecay = 0.01, AdamEpsilon = 1e-4,
            Loss = loss, Beta = 0.3, LabelSmoothing = smoothing, ChosenNllWeight = 0.2, GeneralWeight = 0.7,
        };
        var reports = new List<StepReport>();

        DpoRecipe.Run(model, reference, pairs, rows, settings, new RandomStream(1, "test"), reports.Add, CancellationToken.None);

        var report = Assert.Single(reports);
        GoldenFile.AssertClose($"tied/{name}/loss", [(float)report.Metrics["loss"]]);
        GoldenFile.AssertClose($"tied/{name}/norms", [(float)report.Metrics["grad_norm"]]);
        AssertWeights($"tied/{name}/after", model);
    }

    private static void AssertWeights(string prefix, LlamaModel model) => Assert.All(
        model.Parameters,
        parameter => GoldenFile.AssertClose($"{prefix}/{parameter.Name}", parameter.Value.detach().data<float>().ToArray()));
}
