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
    public void Run(LocalChatModel player, IReadOnlyList<PreferencePair> pairs, Action<StepReport> report, CancellationToken cancellation)
    {
        if (pairs.Count > 0)
        {
            var (cut, examples, general) = (player.Cut, Examples(player, pairs), General(player));
            player.SayCut(player.Cut - cut, examples.Count + general.Count, "prompts to learn from");
            DpoRecipe.Run(
                player.Folder.Model, player.Folder.Model, examples, general, Settings, Order, report,
                cancellation, player.Keep);
        }
    }

    private RandomStream Order =>
        new((ulong)plan.Seed, $"round-{round}/{(role == ModelRole.Red ? RunStage.OptimizeRed : RunStage.OptimizeTarget)}");

    /// <summary>The random stream of the plain rows that are mixed into a round's updates.</summary>
    public static string GeneralStream(int round) => $"round-{round}/general";

    private List<SftExample> General(LocalChatModel player) => role == ModelRole.Red
        ? InitializeStage.RedRows(inputs, player, Settings, plan.RedUpdate.GeneralRows, GeneralStream(round))
        : InitializeStage.Rows(player, Settings, inputs.GeneralRows(PairStage.General(plan, round), GeneralStream(round)));

    private List<PreferenceExample> Examples(LocalChatModel player, IReadOnlyList<PreferencePair> pairs) => [.. pairs.Select(pair =>
    {
        var (chosen, rejected) = (player.Folder.Chat.Answer(pair.Chosen), player.Folder.Chat.Answer(pair.Rejected));
        var prompt = player.Prompt(pair.Prompt, Math.Max(chosen.Length, rejected.Length), Settings, room: 64);
        return new PreferenceExample(prompt, chosen, rejected);
    })];
}
