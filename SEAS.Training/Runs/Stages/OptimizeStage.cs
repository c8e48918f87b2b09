using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.Runs.Context;

namespace SEAS.Training.Runs.Stages;

/// <summary>Tunes R and T on a round's pairs with DPO (paper section 3.4).</summary>
internal static class OptimizeStage
{
    // A chosen answer that loses more than this many nats says that mass left both answers (likelihood displacement, arXiv:2410.08847).
    private const double DisplacementAlarm = -2.0;

    public static void Red(LoopContext context, RunClock clock, int round) =>
        Update(context, clock, round, RunStage.OptimizeRed, ModelRole.Red);

    public static void Target(LoopContext context, RunClock clock, int round) =>
        Update(context, clock, round, RunStage.OptimizeTarget, ModelRole.Target);

    private static void Update(LoopContext context, RunClock clock, int round, RunStage stage, ModelRole role)
    {
        using var progress = new StageProgress(context, clock, round, stage, total: 100);
        var key = new UnitKey(round, stage, 0);
        if (context.Plan.IsFixed(role) || context.Store.Units.Find(context.Id, key) is not null)
        {
            StageSaves.Remove(context, role, round);
            progress.Skip(100);
            return;
        }

        using var player = LocalChatModel.Open(context, role, round - 1);
        var pairs = context.Store.Pairs.Load(context.Id, round, role);
        using var metrics = new MetricRecorder(context, role, round);
        var tuning = new RoundTuning(
            context.Plan, context.Inputs, role, round, () => LocalChatModel.Open(context, role, iteration: 0));
        var told = 0;
        var origin = context.Store.Checkpoints.Find(context.Id, role, round - 1)?.Sha256 ?? "";
        tuning.Run(player, pairs, Report, context.Cancellation, new StageSaves(context, role, round, metrics, origin));
        Warn(context, role, round, metrics, tuning.Settings.Beta);
        CheckpointWriter.Write(context, role, round, player, metrics, key, new { pairs = pairs.Count, tokens = metrics.Tokens });
        progress.Finish();

        void Report(StepReport report)
        {
            metrics.Record(report);
            var percent = 100 * report.Step / report.TotalSteps;
            progress.Advance(percent - told, report.Tokens);
            told = percent;
        }
    }

    private static void Warn(LoopContext context, ModelRole role, int round, MetricRecorder metrics, double beta)
    {
        if (metrics.Last.TryGetValue("rewards/chosen", out var reward) && reward / beta < DisplacementAlarm)
        {
            context.Publish(new AlertEvent(
                $"Round {round}, {role}: chosen texts lost {-reward / beta:0.0} nats, more than {-DisplacementAlarm:0}. "
                + "Probability may move to texts that nobody chose: look at correct help and at the newest answers."));
        }
    }
}
