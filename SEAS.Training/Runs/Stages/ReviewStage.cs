using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Events;
using SEAS.Training.Inputs;
using SEAS.Training.Pairing;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Runs.Stages;

/// <summary>Sends a round's doubtful verdicts to people, and waits for them where the plan says so.</summary>
/// <remarks>
/// Unit 0 is the collection; unit 1 says that the round need not wait any longer. The collection is added in a transaction of its own,
/// before its unit: added twice it is still there once.
/// </remarks>
internal static class ReviewStage
{
    public static void Run(LoopContext context, RunClock clock, int round)
    {
        if (!context.Plan.HasReview)
        {
            return;   // a branch shows what would have been without people
        }

        var waits = context.Plan.Review.WaitForLabels > 0;
        using var progress = new StageProgress(context, clock, round, RunStage.Review, waits ? context.Plan.Review.WaitForLabels : 1);
        var isNew = context.Store.Units.Find(context.Id, LedgerUnits.ReviewCollected(round)) is null;
        if (isNew)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Collect(context, round);
        }

        if (waits && !context.Store.Units.IsDone(context.Id, LedgerUnits.Pairs(round)))
        {
            Wait(context, progress, round);
        }
        else if (isNew && !waits)
        {
            progress.Advance(1, 0);
        }
        else
        {
            progress.Skip(progress.Total);
        }

        progress.Finish();
    }

    /// <summary>The round that a run waits in, or null.</summary>
    public static int? WaitingRound(Store store, RunId run)
    {
        var done = store.Units.Done(run);
        var round = done.Where(key => key == LedgerUnits.ReviewCollected(key.Round)).Select(key => key.Round)
            .DefaultIfEmpty(0).Max();
        return round > 0 && !done.Contains(LedgerUnits.ReviewReleased(round)) && !done.Contains(LedgerUnits.Pairs(round))
            && RunPlanText.Read(store.Runs.Get(run).PlanJson).Review.WaitForLabels > 0 ? round : null;
    }

    /// <summary>Records that a round need not wait any longer.</summary>
    public static void Release(Store store, RunId run, int round, int labels, string by)
    {
        try
        {
            store.Units.Record(run, LedgerUnits.ReviewReleased(round), StoredJson.Write(new { labels, by }));
        }
        catch (UnitAlreadyDoneException)
        {
            // Two released it at the same instant; both meant the same.
        }
    }

    private static void Collect(LoopContext context, int round)
    {
        var fluency = RunInputs.Fluency(context.Plan);
        var book = EffectiveLabelIndex.Now(context.Store, context.Id, round);
        var attacks = JudgedAttack.Load(context.Store, context.Id, round);
        var before = round > 1 ? book.Apply(JudgedAttack.Load(context.Store, context.Id, round - 1)) : [];
        var looked = new ReviewRound(
            context.Id, round, book.Apply(attacks), before, Unscored(context, round, attacks), JudgedThreshold.Settle(context, round));
        var items = ReviewCollection.Of(looked, context.Plan, fluency);
        context.Store.Review.Items.Add(items);
        context.Store.Units.Record(context.Id, LedgerUnits.ReviewCollected(round), StoredJson.Write(new { items = items.Count }));
        context.Publish(new ReviewCollectedEvent(round, items.Count));
    }

    private static List<(AdversarialPrompt Prompt, TargetResponse Answer)> Unscored(
        LoopContext context, int round, List<JudgedAttack> attacks)
    {
        var judged = attacks.ToDictionary(attack => (attack.Prompt.SeedIndex, attack.Prompt.PromptIndex));
        var missing = MissingAnswer.Of(context.Store, context.Id, round);   // of these people could say no more than the guard
        return [.. context.Store.Attacks.Responses(context.Id, round)
            .Where(answer => !missing.Contains((answer.SeedIndex, answer.PromptIndex, answer.AnswerIndex)))
            .Select(answer => (judged[(answer.SeedIndex, answer.PromptIndex)], Answer: answer))
            .Where(item => item.Item1.Answers.All(answer => answer.Index != item.Answer.AnswerIndex))
            .Select(item => (item.Item1.Prompt, item.Answer))];
    }

    private static void Wait(LoopContext context, StageProgress progress, int round)
    {
        var items = context.Store.Review.Items.CountsByState(context.Id, round).Sum(count => count.Items);
        var wanted = (int)Math.Min(context.Plan.Review.WaitForLabels, items);
        var waiting = new ReviewWaiting(context.Store, context.Id, round, wanted)
        {
            Report = labels =>
            {
                context.Publish(new ReviewWaitingEvent(round, labels, wanted, items));
                progress.ByPeople(labels);
            },
        };
        if (!waiting.IsReleased)
        {
            using (context.PauseWatch())
            {
                context.Gate.Wait(waiting, context.Cancellation);
            }

            context.Cancellation.ThrowIfCancellationRequested();
            Release(context.Store, context.Id, round, waiting.Labels, by: "labels");
        }

        context.Publish(new ReviewReleasedEvent(round, waiting.Labels, wanted));
        progress.ByPeople(progress.Total);
    }
}
