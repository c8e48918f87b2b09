using SEAS.Data.Review.Queue;

namespace SEAS.Data.Contracts.Review;

/// <summary>What a person does with an item. Stored by name.</summary>
public enum DecisionKind
{
    /// <summary>Labels it.</summary>
    Submit,

    /// <summary>Leaves it to others; it does not come back to this person.</summary>
    Skip,

    /// <summary>Says that it is not worth a label.</summary>
    Discard,

    /// <summary>Keeps what is typed for later; changes nothing else.</summary>
    Draft,

    /// <summary>Takes an earlier decision back; made by <see cref="DecisionRepository.Undo"/> alone.</summary>
    Undo,

    /// <summary>Settles it: a lead's label, which wins over all others.</summary>
    Adjudicate,
}

/// <summary>How a decision came about. Stored by name.</summary>
public enum DecisionOrigin
{
    /// <summary>Somebody looked at this very item.</summary>
    Person,

    /// <summary>Somebody labelled a whole near-duplicate group.</summary>
    Bulk,

    /// <summary>Read from a file.</summary>
    Import,

    /// <summary>Taken over from another run by its content.</summary>
    Carried,

    /// <summary>A study's annotator.</summary>
    Simulated,
}

/// <summary>A decision to be recorded.</summary>
/// <param name="Item">The item's key.</param>
/// <param name="Annotator">Who decides.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Answers">What is said; only drafts, skips and discards may say nothing.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Reason">Why, in a person's words; null if not said.</param>
/// <param name="GuidelineVersion">The guideline that was shown; 0 if none.</param>
/// <param name="SuggestionShown">Whether the guard's label was in sight before the decision.</param>
/// <param name="Origin">How it came about.</param>
/// <param name="Batch">Names what was decided together; null if alone.</param>
/// <param name="Token">The lease's; null where none is needed: drafts, adjudication, bulk, import, carrying over.</param>
public sealed record NewDecision(
    long Item,
    string Annotator,
    DecisionKind Kind,
    LabelAnswers Answers,
    double Seconds,
    string? Reason,
    int GuidelineVersion,
    bool SuggestionShown,
    DecisionOrigin Origin,
    string? Batch,
    string? Token);

/// <summary>A recorded decision. Never changed: a later one replaces it or takes it back.</summary>
/// <param name="Id">Its number; grows with age.</param>
/// <param name="Run">The run.</param>
/// <param name="Item">The item's key.</param>
/// <param name="Annotator">Who decided.</param>
/// <param name="Kind">What was done.</param>
/// <param name="Answers">What was said; an undo repeats what it took back.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Reason">Why, in a person's words; null if not said.</param>
/// <param name="GuidelineVersion">The guideline that was shown; 0 if none.</param>
/// <param name="SuggestionShown">Whether the guard's label was in sight before the decision.</param>
/// <param name="Origin">How it came about.</param>
/// <param name="Batch">Names what was decided together; null if alone.</param>
/// <param name="AtUtc">When it was recorded.</param>
/// <param name="Replaces">The decision of the same person that it replaces or takes back; null if none.</param>
public sealed record Decision(
    long Id,
    RunId Run,
    long Item,
    string Annotator,
    DecisionKind Kind,
    LabelAnswers Answers,
    double Seconds,
    string? Reason,
    int GuidelineVersion,
    bool SuggestionShown,
    DecisionOrigin Origin,
    string? Batch,
    DateTimeOffset AtUtc,
    long? Replaces);

/// <summary>A decision that was taken back, and its item, to be decided again.</summary>
/// <param name="Taken">The decision that no longer stands; the newest, if a whole batch was taken back.</param>
/// <param name="Undo">What was recorded of it.</param>
/// <param name="Count">Decisions taken back; more than one for a batch.</param>
/// <param name="Lease">Its item; null if another person has it in front of them.</param>
public sealed record Undone(Decision Taken, Decision Undo, int Count, Lease? Lease);
