using SEAS.Data.Domain;
using SEAS.Training.Recipes;
using SEAS.Training.Tokenization;

namespace SEAS.Training.Loop;

/// <summary>Tunes R and T on a round's pairs with DPO against their previous iterates (paper section 3.4).</summary>
internal static class AdversarialOptimization
{
    // A chosen answer that loses more than this many nats says that mass left both answers (likelihood displacement, arXiv:2410.08847).
    private const double DisplacementAlarm = -2.0;

    public static void Red(LoopContext context, RunClock clock, int round) => Update(
        context, clock, round, RunStage.OptimizeRed, ModelRole.Red, context.Plan.RedUpdate.Training,
        red => Initialization.RedRows(context, red, context.Plan.RedUpdate.GeneralRows, GeneralStream(round)));

    public static void Target(LoopContext context, RunClock clock, int round) => Update(
        context, clock, round, RunStage.OptimizeTarget, ModelRole.Target, context.Plan.TargetUpdate.Training,
        target => Initialization.Rows(target, context.Inputs.GeneralRows(PairStage.General(context.Plan, round), GeneralStream(round))));

    /// <summary>The random stream of the plain rows that are mixed into a round's updates.</summary>
    public static string GeneralStream(int round) => $"round-{round}/general";

    private static void Update(
        LoopContext context, RunClock clock, int round, RunStage stage, ModelRole role, DpoSettings settings, Func<Player,
            List<SftExample>> general)
    {
        using var progress = new StageProgress(context, clock, round, stage, total: 100);
        var key = new UnitKey(round, stage, 0);
        if (context.Store.Units.Find(context.Id, key) is not null)
        {
            progress.Skip(100);
            return;
        }

        using var player = Player.Open(context, role, round - 1);
        using var reference = player.Folder.Model.Clone();
        var pairs = context.Store.Pairs.Load(context.Id, round, role).Select(pair => Example(player, pair)).ToList();
        using var metrics = new MetricRecorder(context, role, round);
        if (pairs.Count > 0)
        {
            var told = 0;
            void Report(StepReport report)
            {
                metrics.Record(report);
                var percent = 100 * report.Step / report.TotalSteps;
                progress.Advance(percent - told, report.Tokens);
                told = percent;
            }

            DpoRecipe.Run(player.Folder.Model, reference, pairs, general(player), settings, context.Random($"round-{round}/{stage}"),
                Report, context.Cancellation);
            Warn(context, role, round, metrics, settings.Beta);
        }

        CheckpointWriter.Write(context, role, round, player, metrics.Steps, key, new { pairs = pairs.Count, tokens = metrics.Tokens });
        progress.Finish();
    }

    private static PreferenceExample Example(Player player, PreferencePair pair) => new(
        player.Prompt(pair.Prompt, room: 64), player.Folder.Chat.Answer(pair.Chosen), player.Folder.Chat.Answer(pair.Rejected));

    private static void Warn(LoopContext context, ModelRole role, int round, MetricRecorder metrics, double beta)
    {
        if (metrics.Last.TryGetValue("rewards/chosen", out var reward) && reward / beta < DisplacementAlarm)
        {
            context.Publish(EventKinds.Alert, new
            {
                text = $"Round {round}, {role}: chosen texts lost {-reward / beta:0.0} nats, more than {-DisplacementAlarm:0}. "
                    + "Probability may move to texts that nobody chose: look at correct help and at the newest answers.",
            });
        }
    }
}
