namespace SEAS.Data.Contracts;

/// <summary>What came of asking a model: the one table that R, T, guards and evaluations go by.</summary>
/// <remarks>Decided in docs/decisions/0086-outcomes.md. An outcome without a text is never judged: nothing was said that could be safe or
/// unsafe.</remarks>
public enum AnswerOutcome
{
    /// <summary>The model answered, by itself or up to the longest length.</summary>
    Answered = 0,

    /// <summary>A filter of the server's, or a refusal beside the text, kept the answer back.</summary>
    Withheld = 1,

    /// <summary>The model was asked and gave no text: it thought until its tokens were spent, or called a tool.</summary>
    NoAnswer = 2,

    /// <summary>There is an answer, and the guard gave no verdict that can be read.</summary>
    Unscored = 3,
}

/// <summary>What each outcome means.</summary>
public static class AnswerOutcomes
{
    /// <summary>Whether it counts in a denominator, as of an attack success rate, and may be part of a pair.</summary>
    public static bool Counts(this AnswerOutcome outcome) => outcome == AnswerOutcome.Answered;

    /// <summary>How many of some outcomes do not count, by kind; null where all do.</summary>
    public static IReadOnlyDictionary<AnswerOutcome, int>? Missing(IEnumerable<AnswerOutcome> outcomes) =>
        outcomes.Where(outcome => !outcome.Counts()).CountBy(outcome => outcome).OrderBy(count => count.Key).ToDictionary() is { Count: > 0 } counts
            ? counts
            : null;

    /// <summary>Whether people are asked for the verdict that is missing.</summary>
    public static bool GoesToReview(this AnswerOutcome outcome) => outcome == AnswerOutcome.Unscored;

    /// <summary>What pages and reports call it.</summary>
    public static string Name(this AnswerOutcome outcome) => outcome switch
    {
        AnswerOutcome.Answered => "answered",
        AnswerOutcome.Withheld => "withheld",
        AnswerOutcome.NoAnswer => "no answer",
        AnswerOutcome.Unscored => "unscored",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "There is no such outcome."),
    };
}
