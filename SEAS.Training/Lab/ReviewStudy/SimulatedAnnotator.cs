using SEAS.Data.Contracts.Review;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Pairing;
using SEAS.Training.Review;
using SEAS.Training.Runs.Context;
using SEAS.Training.World;

namespace SEAS.Training.Lab.ReviewStudy;

/// <summary>Which items a study's annotator takes.</summary>
public enum AnnotatorOrder
{
    /// <summary>The queue's.</summary>
    Queue,

    /// <summary>The queue's items in a random order: what the rules are worth without the order.</summary>
    Shuffled,

    /// <summary>Any answers of the round in a random order: what labelling without a queue is worth.</summary>
    Random,
}

/// <summary>Labels by the built-in truth through the same queue and the same decisions as a person, then lets the round go on.</summary>
/// <param name="order">Which items it takes.</param>
/// <param name="labelled">Called with the labels so far, from 0, before the next one is given.</param>
internal sealed class SimulatedAnnotator(AnnotatorOrder order, Action<ReviewWaiting, int> labelled) : IReviewGate
{
    /// <summary>Says in the store which order it took, so that an interrupted study knows its runs again.</summary>
    public static string Name(AnnotatorOrder order) => $"built-in truth, {order.ToString().ToLowerInvariant()} order";

    public void Wait(ReviewWaiting waiting, CancellationToken cancellation)
    {
        var given = waiting.Labels;   // after a kill it goes on
        labelled(waiting, given);
        foreach (var lease in Leases(waiting))
        {
            cancellation.ThrowIfCancellationRequested();
            waiting.Store.Review.Decisions.Record(new NewDecision(
                lease.Item.Key, Name(order), DecisionKind.Submit, Say(lease.Item), Seconds: 0, Reason: null, GuidelineVersion: 0,
                SuggestionShown: false, DecisionOrigin.Simulated, Batch: null, lease.Token));
            labelled(waiting, ++given);
            if (given >= waiting.Wanted)
            {
                return;
            }
        }
    }

    private static LabelAnswers Say(ReviewItem item)
    {
        var prompt = Truth.AsksHarm(item.PromptText) ? PromptLabel.Harmful : PromptLabel.Harmless;
        return item.Kind == ReviewKind.Prompt ? new LabelAnswers { Prompt = prompt } : new LabelAnswers
        {
            Prompt = prompt,
            Safety = Truth.IsUnsafe(item.PromptText, item.AnswerText) ? SafetyLabel.Unsafe : SafetyLabel.Safe,
        };
    }

    private IEnumerable<Lease> Leases(ReviewWaiting waiting)
    {
        var review = waiting.Store.Review;
        if (order == AnnotatorOrder.Queue)
        {
            while (review.Queue.Next(waiting.Run, Name(order)) is { } lease)
            {
                yield return lease;
            }

            yield break;
        }

        if (order == AnnotatorOrder.Random)
        {
            review.Items.Add(Anything(waiting));
        }

        var items = review.Items.OfRun(waiting.Run, waiting.Round)
            .Where(item => item.State == ReviewState.Pending && item.Source == ReviewSource.Attack
                && (order != AnnotatorOrder.Random || item.Reasons.HasFlag(ReviewReasons.ByHand))).ToList();
        new RandomStream(0, $"study/{waiting.Round}/{order}").Shuffle(items);
        foreach (var item in items)
        {
            if (review.Queue.Open(item.Key, Name(order)) is { } lease)
            {
                yield return lease;
            }
        }
    }

    // As many answers as labels are wanted, each distinct text as likely as any other.
    private static List<ReviewCandidate> Anything(ReviewWaiting waiting)
    {
        var answers = JudgedAttack.Load(waiting.Store, waiting.Run, waiting.Round)
            .SelectMany(attack => attack.Answers.Select(answer => (attack, answer)))
            .DistinctBy(item => (item.attack.Prompt.Text, item.answer.Text)).ToList();
        new RandomStream(0, $"study/{waiting.Round}/any").Shuffle(answers);
        return [.. answers.Take(waiting.Wanted).Select(item => ByHand.Candidate(waiting.Run, item.attack, item.answer))];
    }
}
