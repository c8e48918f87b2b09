using SEAS.Data.Contracts.Review;

namespace SEAS.Web.Live.Review;

/// <summary>What was decided a moment ago: shown until the next decision, with the guard's word beside it.</summary>
/// <param name="Item">The item.</param>
/// <param name="Kind">Submitted, skipped or discarded.</param>
/// <param name="Answers">What was chosen.</param>
public sealed record LastDecision(ReviewItem Item, DecisionKind Kind, LabelAnswers Answers)
{
    /// <summary>Whether person and guard see it alike; null where one of them says nothing.</summary>
    public bool? AgreesWithGuard => Kind != DecisionKind.Submit ? null : (Item.Unsafe, Answers.Safety) switch
    {
        ({ } guard, SafetyLabel.Unsafe) => guard,
        ({ } guard, SafetyLabel.Safe) => !guard,
        _ => null,
    };

    /// <summary>The decision in words: <c>unsafe, partly refused</c>.</summary>
    public string Words => Kind switch
    {
        DecisionKind.Skip => "skipped",
        DecisionKind.Discard => "discarded",
        _ => ReviewText.Of(Answers),
    };
}
