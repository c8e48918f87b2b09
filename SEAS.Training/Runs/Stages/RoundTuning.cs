using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Runs.Stages;

/// <summary>One model's tuning on a round's pairs with DPO against the reference of the plan: in the paper its previous iterate
/// (section 3.4).</summary>
/// <remarks>The same plan, weights and pairs give the same steps and the same weights, whoever asks.</remarks>
/// <param name="plan">The run's plan.</param>
/// <param name="inputs">Where the plain rows come from.</param>
/// <param name="role">The model.</param>
/// <param name="round">The round.</param>
/// <param name="initial">Opens the model as it was before the first round; it is asked only where the plan's reference is that.</param>
internal sealed class RoundTuning(RunPlan plan, ITuningRows inputs, ModelRole role, int round, Func<LocalChatModel> initial)
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
        if (pairs.Count == 0)
        {
            return;
        }

        // In the first round the initial model is the one that learns; opened beside it, it would only take memory.
        using var first = Reference == ReferencePolicy.Initial && round > 1 ? initial() : null;
        var reference = Reference == ReferencePolicy.None ? null : (first ?? player).Folder.Model;
        var (cut, examples, general) = (player.Cut, Examples(player, pairs), General(player));
        player.SayCut(player.Cut - cut, examples.Count + general.Count, "prompts to learn from");
        DpoRecipe.Run(player.Folder.Model, reference, examples, general, Settings, Order, report, cancellation, player.Keep, saves);
    }

    private ReferencePolicy Reference => role == ModelRole.Red ? plan.RedUpdate.Reference : plan.TargetUpdate.Reference;

    private RandomStream Order =>
        new((ulong)plan.Seed, $"round-{round}/{(role == ModelRole.Red ? RunStage.OptimizeRed : RunStage.OptimizeTarget)}");

    /// <summary>The random stream of the plain rows that are mixed into a round's updates.</summary>
    public static string GeneralStream(int round) => $"round-{round}/general";

    private List<SftExample> General(LocalChatModel player) => role == ModelRole.Red
        ? InitializeStage.RedRows(inputs, player, Settings, plan.RedUpdate.GeneralRows, GeneralStream(round))
        : InitializeStage.Rows(player, Settings, inputs.GeneralRows(PairStage.General(plan, round), GeneralStream(round)));

    // The prompt as the model was shown it when it wrote the texts. The embedded world's prompts never came near its context.
    private int Room => !plan.IsOutside ? 64 : role == ModelRole.Red ? plan.Attack.PromptTokens : plan.Attack.AnswerTokens;

    private List<PreferenceExample> Examples(LocalChatModel player, IReadOnlyList<PreferencePair> pairs) => [.. pairs.Select(pair =>
    {
        var (chosen, rejected) = (player.Folder.Chat.Answer(pair.Chosen), player.Folder.Chat.Answer(pair.Rejected));
        var prompt = player.Prompt(pair.Prompt, Math.Max(chosen.Length, rejected.Length), Settings, Room);
        return new PreferenceExample(prompt, chosen, rejected);
    })];
}
