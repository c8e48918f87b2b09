using SEAS.Data.Contracts;
using SEAS.Tests.Golden;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.Engine.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Recipes;

public sealed class SftRecipeTests
{
    private static readonly TrainingSettings s_settings = new() { LearningRate = 0.01, BatchSize = 4, Epochs = 30 };

    [Fact]
    public void A_model_learns_its_rows_by_heart()
    {
        using var model = GoldenModel.Build(tied: true, seed: 1);

        var reports = Train(model, s_settings);

        Assert.True(reports[0].Metrics["loss"] > 3,
            $"untrained, it is surprised by every token; its loss was {reports[0].Metrics["loss"]}");
        Assert.InRange(reports[^1].Metrics["loss"], 0, 0.1);
        Assert.Equal(1, reports[^1].Metrics["mean_token_accuracy"]);
    }

    [Fact]
    public void A_report_carries_the_names_that_TRL_gives()
    {
        using var model = GoldenModel.Build(tied: true, seed: 1);

        var report = Train(model, s_settings with { Epochs = 1 })[0];

        string[] expected = ["entropy", "epoch", "grad_norm", "learning_rate", "loss", "mean_token_accuracy", "num_tokens"];
        Assert.Equal(expected, report.Metrics.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((1, 1, 37L), (report.Step, report.TotalSteps, report.Tokens));   // 5+7 + 0+9 + 11+3 + 1+1
        Assert.Equal(1, report.Metrics["epoch"]);
    }

    [Fact]
    public void Accumulated_passes_take_the_step_of_one_large_batch()
    {
        // With AdamW's usual ε of 1e-8 a weight without a real gradient would move by whatever rounding noise it has.
        var two = s_settings with { Epochs = 2, AdamEpsilon = 1e-3 };

        var large = Weights(two);
        var accumulated = Weights(two with { BatchSize = 1, Accumulation = 4 });

        Assert.Equal(large, accumulated, (a, b) => Math.Abs(a - b) <= 1e-6f);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_to_the_last_bit() =>
        Assert.Equal(Weights(s_settings with { Epochs = 3, BatchSize = 2 }), Weights(s_settings with { Epochs = 3, BatchSize = 2 }));

    [Fact]
    public void Many_steps_leave_no_more_tensors_than_one()
    {
        using var model = GoldenModel.Build(tied: true, seed: 1);
        var live = new List<long>();

        Train(model, s_settings with { Epochs = 12, BatchSize = 2 }, _ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount));

        Assert.Equal(24, live.Count);
        Assert.Equal(live[0], live[^1]);
    }

    [Fact]
    public void A_training_leaves_nothing_behind()
    {
        using var model = GoldenModel.Build(tied: true, seed: 1);
        Train(model, s_settings with { Epochs = 1 });   // the model's own tables grow at first use
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Train(model, s_settings with { Epochs = 2 });

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Cancelling_stops_before_the_next_pass()
    {
        using var model = GoldenModel.Build(tied: true, seed: 1);
        using var cancelling = new CancellationTokenSource();
        var steps = 0;

        Assert.Throws<OperationCanceledException>(() => SftRecipe.Run(
            model, GoldenModel.Examples().Rows, s_settings, new RandomStream(1, "test"), Report, cancelling.Token));
        Assert.Equal(2, steps);

        void Report(StepReport report)
        {
            steps = report.Step;
            if (steps == 2)
            {
                cancelling.Cancel();
            }
        }
    }

    [Fact]
    public void Weights_that_are_not_numbers_are_named_as_the_cause()
    {
        using var model = GoldenModel.Build(tied: true, seed: 1);
        using (no_grad())
        {
            model.Parameters[0].Value.fill_(float.NaN);
        }

        var failure = Assert.Throws<TrainingDivergedException>(() => Train(model, s_settings));

        Assert.Equal(1, failure.Step);
        Assert.Contains("step 1 of 30: the loss should be a finite number but is NaN", failure.Message, StringComparison.Ordinal);
        Assert.Contains("check the checkpoint", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learning_rate_that_breaks_the_model_is_named_as_the_cause_and_its_step_is_not_taken()
    {
        using var model = GoldenModel.Build(tied: false, seed: 1);
        var head = model.Parameters.Single(parameter => parameter.Name == LlamaParameters.Head).Value;

        // After step 1 the head's logits overflow, as after a far too large step.
        var failure = Assert.Throws<TrainingDivergedException>(() => Train(model, s_settings, _ =>
        {
            using var untracked = no_grad();
            head.mul_(float.MaxValue);
        }));

        Assert.Equal(2, failure.Step);
        Assert.Contains("too high a learning rate (it was 0.00997)", failure.Message, StringComparison.Ordinal);
    }

    private static List<StepReport> Train(LlamaModel model, TrainingSettings settings, Action<StepReport>? also = null)
    {
        var reports = new List<StepReport>();
        SftRecipe.Run(model, GoldenModel.Examples().Rows, settings, new RandomStream(1, "test"), Report, CancellationToken.None);
        return reports;

        void Report(StepReport report)
        {
            reports.Add(report);
            also?.Invoke(report);
        }
    }

    private static float[] Weights(TrainingSettings settings)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModel.Build(tied: true, seed: 1);
        Train(model, settings);
        return [.. model.Parameters.SelectMany(parameter => parameter.Value.detach().data<float>().ToArray())];
    }
}
