using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Runs.Stages;

/// <summary>One model's tuning on a round's pairs with DPO against its previous iterate (paper section 3.4).</summary>
/// <remarks>The same plan, weights and pairs give the same steps and the same weights, whoever asks.</remarks>
internal sealed class RoundTuning(RunPlan plan, ITuningRows inputs, ModelRole role, int round)
{
    public DpoSettings Settings => role == ModelRole.Red ? plan.RedUpdate.Training : plan.TargetUpdate.Training;

    /// <summary>The steps of the tuning, planned without doing any of them.</summary>
    public BatchPlan Plan(LocalChatModel player, IReadOnlyList<PreferencePair> pairs) => pairs.Count == 0
        ? new BatchPlan([])
        : DpoRecipe.Plan(player.Folder.Model.Config, Examples(player, pairs), General(player), Settings, Order);

    /// <summary>Tunes the player's model in place; without pairs there is nothing to learn, and it stays what it was.</summary>
    public void Run(
        LocalChatModel player, IReadOnlyList<PreferencePair> pairs, Action<StepReport> report, CancellationToken cancellation,
        ITrainingSaves? saves = null)
    {
        if (pairs.Count > 0)
        {
            DpoRecipe.Run(
                player.Folder.Model, player.Folder.Model, Examples(player, pairs), General(player), Settings, Order, report,
                cancellation, player.Keep, saves);
        }
    }

    private RandomStream Order =>
        new((ulong)plan.Seed, $"round-{round}/{(role == ModelRole.Red ? RunStage.OptimizeRed : RunStage.OptimizeTarget)}");

    /// <summary>The random stream of the plain rows that are mixed into a round's updates.</summary>
    public static string GeneralStream(int round) => $"round-{round}/general";

    private List<SftExample> General(LocalChatModel player) => role == ModelRole.Red
        ? InitializeStage.RedRows(inputs, player, plan.RedUpdate.GeneralRows, GeneralStream(round))
        : InitializeStage.Rows(player, inputs.GeneralRows(PairStage.General(plan, round), GeneralStream(round)));

    private static List<PreferenceExample> Examples(LocalChatModel player, IReadOnlyList<PreferencePair> pairs) =>
        [.. pairs.Select(pair => new PreferenceExample(
            player.Prompt(pair.Prompt, room: 64), player.Folder.Chat.Answer(pair.Chosen), player.Folder.Chat.Answer(pair.Rejected)))];
}
