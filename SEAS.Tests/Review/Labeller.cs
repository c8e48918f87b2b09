using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Review;

/// <summary>Labels through the queue and the decisions that people use, without a page.</summary>
internal static class Labeller
{
    /// <summary>A plan whose every answer is sent to review.</summary>
    public static RunPlan SendsAll(this RunPlan plan, int waitFor = 0) =>
        plan with { Review = new ReviewPlan { AuditShare = 1, MaxItemsPerRound = 0, WaitForLabels = waitFor } };

    /// <summary>Takes the next item and says this of it.</summary>
    public static ReviewItem Next(Store store, RunId run, LabelAnswers answers, string who = "Ada")
    {
        var lease = store.Review.Queue.Next(run, who) ?? throw new InvalidOperationException("The queue is empty.");
        Record(store, lease, answers);
        return lease.Item;
    }

    /// <summary>Opens one certain answer of a round and says this of it.</summary>
    public static ReviewItem This(Store store, RunId run, int round, int seed, int prompt, LabelAnswers answers)
    {
        var item = store.Review.Items.OfRun(run, round).First(item => item.Source == ReviewSource.Attack && item.SeedIndex == seed
            && item.PromptIndex == prompt && item.AnswerText.Length > 0);
        Record(store, store.Review.Queue.Open(item.Key, "Ada") ?? throw new InvalidOperationException("Somebody else has it."), answers);
        return item;
    }

    private static void Record(Store store, Lease lease, LabelAnswers answers) => store.Review.Decisions.Record(new NewDecision(
        lease.Item.Key, lease.Annotator, DecisionKind.Submit, answers, Seconds: 1, Reason: null, GuidelineVersion: 0,
        SuggestionShown: false, DecisionOrigin.Person, Batch: null, lease.Token));
}

/// <summary>A person who labels as soon as a round waits, on the training thread.</summary>
internal sealed class PersonAtTheGate(Action<ReviewWaiting> label) : IReviewGate
{
    public void Wait(ReviewWaiting waiting, CancellationToken cancellation) => label(waiting);
}
