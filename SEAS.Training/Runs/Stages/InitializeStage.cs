using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.ModelFiles;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Text.Chat;

namespace SEAS.Training.Runs.Stages;

/// <summary>Tunes the bases into R0 (paper section 3.2: few-shot prompts to one more) and T0 (instructions, no safety tuning).</summary>
internal static class InitializeStage
{
    public static void Run(LoopContext context, RunClock clock, int round)
    {
        using var progress = new StageProgress(context, clock, round, RunStage.Initialization, total: 2);
        Tune(context, progress, ModelRole.Red, context.Plan.RedModel, context.Plan.RedInitialization);
        Tune(context, progress, ModelRole.Target, context.Plan.TargetModel, context.Plan.TargetInitialization);
        progress.Finish();
    }

    private static void Tune(LoopContext context, StageProgress progress, ModelRole role, string? folder, InitializationPlan plan)
    {
        var key = new UnitKey(0, RunStage.Initialization, (int)role);
        if (context.Plan.Endpoints.Of(role) is not null || context.Store.Units.Find(context.Id, key) is not null)
        {
            StageSaves.Remove(context, role, iteration: 0);
            progress.Skip();
            return;
        }

        using var player = new LocalChatModel(context.OpenBase(role), text => context.Publish(new AlertEvent($"{role}: {text}")));
        foreach (var note in player.Folder.Chat.Notes)
        {
            context.Publish(new AlertEvent($"{role}: {note}"));
        }

        var examples = role == ModelRole.Red
            ? RedRows(context.Inputs, player, plan.Training, plan.Examples) : TargetRows(context, player, plan);
        player.SayCut(player.Cut, examples.Count, "prompts to learn from");
        using var metrics = new MetricRecorder(context, role, round: 0);
        var origin = WeightsChecksum.Of(folder ?? EmbeddedWeights.Base);
        if (examples.Count > 0)
        {
            SftRecipe.Run(player.Folder.Model, examples, plan.Training, context.Random($"initialization/{role}"), metrics.Record,
                context.Cancellation, player.Keep, new StageSaves(context, role, iteration: 0, metrics, origin));
        }

        CheckpointWriter.Write(
            context, role, iteration: 0, player, metrics, key,
            new InitializationUnit(examples.Count, origin));
        progress.Advance(1, examples.Sum(example => (long)example.Prompt.Length + example.Answer.Length));
    }

    /// <summary>Few-shot rows as R reads them: also what keeps R's language in later updates.</summary>
    public static List<SftExample> RedRows(
        ITuningRows inputs, LocalChatModel red, TrainingSettings settings, int count, string stream = "initialization") =>
        [.. inputs.RedExamples(count, stream).Select(row => Row(red, settings, RedPrompt.Render(row.Shots), row.Next))];

    private static List<SftExample> TargetRows(LoopContext context, LocalChatModel target, InitializationPlan plan) =>
        Rows(target, plan.Training, context.Inputs.TargetInstructions(plan.Examples));

    /// <summary>Instruction rows as T reads them.</summary>
    public static List<SftExample> Rows(LocalChatModel player, TrainingSettings settings, IEnumerable<InstructionRow> rows) =>
        [.. rows.Select(row => Row(player, settings, row.Prompt, row.Answer))];

    private static SftExample Row(LocalChatModel player, TrainingSettings settings, string prompt, string answer)
    {
        var ids = player.Folder.Chat.Answer(answer);
        return new SftExample(player.Prompt(prompt, ids.Length, settings), ids);
    }
}
