using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;

namespace SEAS.Data.Review.Decisions;

/// <summary>A decision as it is stored; the domain keeps the answers together.</summary>
internal sealed record DecisionRow(
    long Id,
    RunId Run,
    long Item,
    string Annotator,
    DecisionKind Kind,
    DecisionOrigin Origin,
    SafetyLabel? Safety,
    BehaviourLabel? Behaviour,
    PromptLabel? Prompt,
    string? Category,
    string? Style,
    string? Note,
    string? Corrected,
    bool Invalid,
    double Seconds,
    string? Reason,
    int GuidelineVersion,
    bool SuggestionShown,
    string? Batch,
    DateTimeOffset AtUtc,
    long? Replaces)
{
    /// <summary>What a query for a row selects.</summary>
    public const string Columns = """
        review_decisions.id                AS Id,
               review_decisions.run_id            AS Run,
               review_decisions.item              AS Item,
               review_decisions.annotator         AS Annotator,
               review_decisions.kind              AS Kind,
               review_decisions.origin            AS Origin,
               review_decisions.safety            AS Safety,
               review_decisions.behaviour         AS Behaviour,
               review_decisions.prompt            AS Prompt,
               review_decisions.category          AS Category,
               review_decisions.style             AS Style,
               review_decisions.note              AS Note,
               review_decisions.corrected         AS Corrected,
               review_decisions.invalid           AS Invalid,
               review_decisions.seconds           AS Seconds,
               review_decisions.reason            AS Reason,
               review_decisions.guideline_version AS GuidelineVersion,
               review_decisions.suggestion_shown  AS SuggestionShown,
               review_decisions.batch             AS Batch,
               review_decisions.at_utc            AS AtUtc,
               review_decisions.replaces          AS Replaces
        """;

    public Decision ToDecision() => new(
        Id,
        Run,
        Item,
        Annotator,
        Kind,
        new LabelAnswers
        {
            Safety = Safety,
            Behaviour = Behaviour,
            Prompt = Prompt,
            Category = Category,
            Style = Style,
            Note = Note,
            Corrected = Corrected,
            Invalid = Invalid,
        },
        Seconds,
        Reason,
        GuidelineVersion,
        SuggestionShown,
        Origin,
        Batch,
        AtUtc,
        Replaces);
}
