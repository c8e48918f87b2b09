using SEAS.Tests.Golden;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;
using TorchSharp;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Recipes;

public sealed class DpoRecipeTests
{
    private static readonly DpoSettings s_settings = new() { LearningRate = 0.003, BatchSize = 3, Epochs = 20 };

    [Fact]
    public void At_the_first_step_a_copy_of_the_reference_has_no_reward_and_costs_ln_two()
    {
        var first = Train(s_settings)[0].Metrics;

        Assert.Equal(Math.Log(2), first["loss"], precision: 5);
        Assert.Equal(Math.Log(2), first["dpo_loss"], precision: 5);
        Assert.Equal(0, first["rewards/chosen"], precision: 5);
        Assert.Equal(0, first["rewards/margins"], precision: 5);
        Assert.Equal(0, first["logps/chosen_delta"], precision: 4);
    }

    [Fact]
    public void Chosen_answers_win_over_rejected_ones()
    {
        var last = Train(s_settings)[^1].Metrics;

        Assert.Equal(1, last["rewards/accuracies"]);
        Assert.True(last["rewards/margins"] > 0.5, $"margin {last["rewards/margins"]}");
        Assert.InRange(last["loss"], 0, 0.5);
        Assert.True(last["logps/rejected_delta"] < 0);
    }

    [Fact]
    public void A_report_carries_the_names_that_TRL_gives_and_a_few_more()
    {
        string[] trl =
        [
            "loss", "learning_rate", "grad_norm", "epoch", "num_tokens", "entropy", "mean_token_accuracy",
            "rewards/chosen", "rewards/rejected", "rewards/margins", "rewards/accuracies",
            "logps/chosen", "logps/rejected", "logits/chosen", "logits/rejected", "nll_loss",
        ];
        string[] ours = ["dpo_loss", "logps/chosen_delta", "logps/rejected_delta", "general/nll_loss", "general/mean_token_accuracy"];

        var report = Train(s_settings with { Epochs = 1 }, general: true)[0];

        Assert.Equal([.. trl.Concat(ours).Order(StringComparer.Ordinal)], report.Metrics.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(25 + 11 + 27 + 37, report.Tokens);   // pairs 2·6+5+8, 2·3+1+4, 2·9+7+2; general rows 37
    }

    [Fact]
    public void Rewards_are_beta_times_the_change_in_log_probability()
    {
        var metrics = Train(s_settings)[5].Metrics;

        Assert.Equal(0.1 * metrics["logps/chosen_delta"], metrics["rewards/chosen"], precision: 4);
        Assert.Equal(0.1 * metrics["logps/rejected_delta"], metrics["rewards/rejected"], precision: 4);
        Assert.Equal(metrics["rewards/chosen"] - metrics["rewards/rejected"], metrics["rewards/margins"], precision: 4);
    }

    [Fact]
    public void Likelihood_of_chosen_answers_in_the_loss_keeps_them_probable()
    {
        var plain = Train(s_settings)[^1].Metrics["logps/chosen_delta"];
        var held = Train(s_settings with { ChosenNllWeight = 1 })[^1].Metrics["logps/chosen_delta"];

        Assert.True(held > plain + 1, $"{held} with, {plain} without");
    }

    [Fact]
    public void General_rows_are_learned_beside_the_pairs()
    {
        var reports = Train(s_settings with { Epochs = 40, LearningRate = 0.01 }, general: true);

        Assert.True(reports[0].Metrics["general/nll_loss"] > 3);
        Assert.InRange(reports[^1].Metrics["general/nll_loss"], 0, 0.3);
        Assert.Equal(1, reports[^1].Metrics["rewards/accuracies"]);
    }

    [Theory]
    [InlineData(PreferenceLoss.Sigmoid, 0.1)]
    [InlineData(PreferenceLoss.Ipo, 0)]
    public void Accumulated_passes_take_the_step_of_one_large_batch(PreferenceLoss loss, double smoothing)
    {
        // With AdamW's usual ε of 1e-8 a weight without a real gradient would move by whatever rounding noise it has.
        var all = s_settings with { Loss = loss, Epochs = 2, ChosenNllWeight = 0.2, LabelSmoothing = smoothing, AdamEpsilon = 1e-3 };

        var large = Weights(all);
        var accumulated = Weights(all with { BatchSize = 1, Accumulation = 3 });

        Assert.Equal(large, accumulated, (a, b) => Math.Abs(a - b) <= 1e-6f);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Activations_computed_again_give_the_weights_of_activations_kept(bool adapters)
    {
        // The gradients of a tied embedding's two uses and of accumulated passes are added in another order: rounding, and no more.
        var kept = s_settings with
        {
            Epochs = 2, BatchSize = 1, Accumulation = 3, ChosenNllWeight = 0.2, AdamEpsilon = 1e-3,
            Lora = adapters ? new LoraSettings { Rank = 2 } : null,
        };

        var expected = Weights(kept);
        var found = Weights(kept with { GradientCheckpointing = true });

        Assert.Equal(expected, found, (a, b) => Math.Abs(a - b) <= 1e-6f);
        Assert.NotEqual(expected, Weights(kept with { Epochs = 1 }));
    }

    [Fact]
    public void The_reference_is_not_trained()
    {
        using var scope = NewDisposeScope();
        using var policy = GoldenModel.Build(tied: true, seed: 1);
        using var reference = policy.Clone();
        var before = Numbers(reference);

        DpoRecipe.Run(
            policy, reference, GoldenModel.Examples().Pairs, [], s_settings with { Epochs = 2 }, new RandomStream(1, "test"), _ => { },
            CancellationToken.None);

        Assert.Equal(before, Numbers(reference));
        Assert.NotEqual(before, Numbers(policy));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_steps_leave_no_more_tensors_than_one(bool checkpointing)
    {
        var live = new List<long>();

        Train(s_settings with { BatchSize = 2, GradientCheckpointing = checkpointing }, general: true,
            _ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount));

        Assert.Equal(40, live.Count);
        Assert.Equal(live[0], live[^1]);
    }

    [Fact]
    public void Cancelling_stops_before_the_next_pass()
    {
        using var cancelling = new CancellationTokenSource();
        cancelling.Cancel();

        Assert.Throws<OperationCanceledException>(() => Train(s_settings, cancellation: cancelling.Token));
    }

    [Fact]
    public void A_reference_with_another_vocabulary_is_refused()
    {
        using var policy = GoldenModel.Build(tied: true, seed: 1);
        using var reference = LlamaModel.Random(policy.Config with { VocabularySize = 32 }, seed: 1, CPU);

        var refusal = Assert.Throws<TrainingSettingsException>(() => DpoRecipe.Run(
            policy, reference, GoldenModel.Examples().Pairs, [], s_settings, new RandomStream(1, "test"), _ => { }, default));

        Assert.Contains("The reference knows 32 tokens and the policy 64", Assert.Single(refusal.Problems), StringComparison.Ordinal);
    }

    private static List<StepReport> Train(
        DpoSettings settings, bool general = false, Action<StepReport>? also = null, CancellationToken cancellation = default)
    {
        using var policy = GoldenModel.Build(tied: true, seed: 1);
        return Train(policy, settings, general, also, cancellation);
    }

    private static List<StepReport> Train(
        LlamaModel policy, DpoSettings settings, bool general, Action<StepReport>? also = null, CancellationToken cancellation = default)
    {
        using var reference = policy.Clone();
        var (rows, pairs) = GoldenModel.Examples();
        var reports = new List<StepReport>();
        DpoRecipe.Run(policy, reference, pairs, general ? rows : [], settings, new RandomStream(1, "test"), Report, cancellation);
        return reports;

        void Report(StepReport report)
        {
            reports.Add(report);
            also?.Invoke(report);
        }
    }

    private static float[] Weights(DpoSettings settings)
    {
        using var scope = NewDisposeScope();
        using var policy = GoldenModel.Build(tied: true, seed: 1);
        Train(policy, settings, general: true);
        return Numbers(policy);
    }

    private static float[] Numbers(LlamaModel model) =>
        [.. model.Parameters.SelectMany(parameter => parameter.Value.detach().data<float>().ToArray())];
}
