using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Review;

namespace SEAS.Web.Live.Review;

/// <summary>An item in hand with everything that its page shows, read before it is needed.</summary>
/// <param name="Lease">The right to label it for a while.</param>
/// <param name="Draft">What this person kept of it, or submitted before; null if nothing.</param>
/// <param name="Waiting">Near-duplicates of it that wait, too.</param>
/// <param name="Answers">All answers to the same prompt; empty where the prompt is no attack of the run.</param>
/// <param name="Rule">What its round is judged by, once its judging has begun.</param>
public sealed record ReviewCard(Lease Lease, LabelAnswers? Draft, int Waiting, IReadOnlyList<AttackCase> Answers, GuardRule? Rule)
{
    /// <summary>The item.</summary>
    public ReviewItem Item => Lease.Item;

    /// <summary>Reads what belongs to an item.</summary>
    public static ReviewCard Of(Store store, Lease lease)
    {
        var item = lease.Item;
        var draft = store.Review.Decisions.Draft(item.Key, lease.Annotator) ?? Own(store, lease);
        var waiting = item.Group.Length == 0 ? 0 : store.Review.Items.Group(item.Run, item.Group)
            .Count(member => member.Key != item.Key && member.State is ReviewState.Pending or ReviewState.Partial);
        var answers = item.Source == ReviewSource.Attack
            ? store.Attacks.AnswersTo(item.Run, item.Round, item.SeedIndex, item.PromptIndex)
            : [];
        return new ReviewCard(lease, draft, waiting, answers, store.Review.Thresholds.Round(item.Run, item.Round)?.Rule);
    }

    // An item that this person opens again shows what they said.
    private static LabelAnswers? Own(Store store, Lease lease) => lease.Item.Submissions == 0
        ? null
        : store.Review.Decisions.History(lease.Item.Key)
            .LastOrDefault(decision => decision.Annotator == lease.Annotator && decision.Kind == DecisionKind.Submit)?.Answers;
}
