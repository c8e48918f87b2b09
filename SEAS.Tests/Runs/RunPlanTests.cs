using SEAS.Data.Contracts;
using SEAS.Training.Guards;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Live;

namespace SEAS.Tests.Runs;

public sealed class RunPlanTests
{
    [Theory]
    [InlineData("embedded")]
    [InlineData("smoke")]
    public void Every_preset_is_valid_and_survives_json(string name)
    {
        var plan = Presets.Plan(name, seed: 3);

        Assert.Empty(RunPlanValidation.Problems(plan));
        Assert.Equal(RunPlanText.Write(plan), RunPlanText.Write(RunPlanText.Read(RunPlanText.Write(plan))));
    }

    [Fact]
    public void Adapters_learn_ten_times_as_fast_as_all_weights()
    {
        var (plan, adapted) = (Presets.Plan("smoke", seed: 1), Presets.Plan("smoke", seed: 1).WithAdapters(8));

        Assert.Equal((8, 16.0), (adapted.TargetUpdate.Training.Lora!.Rank, adapted.TargetUpdate.Training.Lora.Alpha));
        Assert.Equal(10 * plan.RedInitialization.Training.LearningRate, adapted.RedInitialization.Training.LearningRate);
        Assert.Equal(10 * plan.TargetInitialization.Training.LearningRate, adapted.TargetInitialization.Training.LearningRate);
        Assert.Equal(10 * plan.RedUpdate.Training.LearningRate, adapted.RedUpdate.Training.LearningRate);
        Assert.Equal(10 * plan.TargetUpdate.Training.LearningRate, adapted.TargetUpdate.Training.LearningRate);
    }

    [Fact]
    public void Weights_in_bfloat16_learn_whole_or_by_adapters_and_in_no_other_half_precision()
    {
        var plan = RunPlanText.With(Presets.Plan("smoke", seed: 1), ["Weights=BFloat16"]);

        Assert.Empty(RunPlanValidation.Problems(plan));
        Assert.Empty(RunPlanValidation.Problems(plan.WithAdapters(4)));
        Assert.NotEqual(RunPlanText.Hash(plan), RunPlanText.Hash(Presets.Plan("smoke", seed: 1)));
        Assert.Equal(
            "Weights is Float16; expected Float32 or BFloat16.",
            Assert.Single(RunPlanValidation.Problems(RunPlanText.With(plan.WithAdapters(4), ["Weights=Float16"]))));
    }

    [Fact]
    public void The_hash_names_the_configuration_not_the_seed_or_the_device()
    {
        var plan = Presets.Plan("embedded", seed: 1);

        Assert.Equal(RunPlanText.Hash(plan), RunPlanText.Hash(plan with { Seed = 2, Device = "cpu" }));
        Assert.NotEqual(RunPlanText.Hash(plan), RunPlanText.Hash(plan with { Rounds = 2 }));
    }

    [Fact]
    public void A_configuration_keeps_its_name_when_settings_are_added_and_left_alone()
    {
        // The preset as it was when its first figures were published, under this name.
        var plan = RunPlanText.With(Presets.Plan("embedded", seed: 1), ["RedUpdate.Training.LearningRate=0.00015"]);
        const string name = "ccc142b3e4f8";

        Assert.Equal(name, RunPlanText.Hash(plan));
        Assert.NotEqual(name, RunPlanText.Hash(RunPlanText.With(plan, ["Review.WaitForLabels=5"])));
        Assert.NotEqual(name, RunPlanText.Hash(RunPlanText.With(plan, ["GuardFlipShare=0.2"])));
        Assert.NotEqual(name, RunPlanText.Hash(RunPlanText.With(plan, ["Chats.Red=chatml"])));
        Assert.NotEqual(name, RunPlanText.Hash(RunPlanText.With(plan, ["RedUpdate.Training.Lora={\"Rank\":4}"])));
        Assert.NotEqual(name, RunPlanText.Hash(RunPlanText.With(plan, ["RedUpdate.Training.Loss=Ipo"])));
    }

    [Fact]
    public void Settings_of_review_are_checked_too()
    {
        var plan = RunPlanText.With(Presets.Plan("smoke", 1), [
            "Review.BandLow=0.7", "Review.AuditShare=1.5", "Review.MaxItemsPerRound=-1", "GuardFlipShare=2"]);

        Assert.Equal(4, RunPlanValidation.Problems(plan).Count());
    }

    [Fact]
    public void Any_number_can_be_changed_by_name()
    {
        var plan = RunPlanText.With(Presets.Plan("smoke", 1), ["RedUpdate.Training.LearningRate=0.25", "rounds=1",
            "Evaluation.Split=Validation"]);

        Assert.Equal((0.25, 1, DatasetSplit.Validation), (plan.RedUpdate.Training.LearningRate, plan.Rounds,
            plan.Evaluation.Split));
    }

    [Fact]
    public void Changes_that_do_not_fit_are_all_reported_at_once()
    {
        var error = Assert.Throws<RunPlanException>(() =>
            RunPlanText.With(Presets.Plan("smoke", 1), ["Attack.Seds=3", "Rounds=many", "nonsense"]));

        Assert.Equal(3, error.Problems.Count);
        Assert.Contains("Attack.Seds", error.Message, StringComparison.Ordinal);
        Assert.Contains("Seeds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_out_of_range_are_all_reported_at_once()
    {
        var plan = Presets.Plan("smoke", 1);
        var problems = RunPlanValidation.Problems(plan with
        {
            Rounds = 0,
            GuardThreshold = 1.5,
            RedModel = "no-such-folder",
            Chats = new ChatPlan { Guard = "no-such-format" },
            Attack = plan.Attack with { TopP = 0 },
        }).ToList();

        Assert.Equal(5, problems.Count);
    }

    [Fact]
    public void An_unknown_preset_is_answered_with_the_known_ones() =>
        Assert.Contains("smoke", Assert.Throws<RunPlanException>(() => Presets.Plan("huge", 1)).Message, StringComparison.Ordinal);
}
