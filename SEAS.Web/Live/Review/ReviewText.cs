using SEAS.Data.Contracts.Review;
using SEAS.Training.World;

namespace SEAS.Web.Live.Review;

/// <summary>Labels, reasons and states in plain words.</summary>
public static class ReviewText
{
    private static readonly (ReviewReasons Reason, string Short, string Sentence)[] s_reasons = [
        (ReviewReasons.Unscored, "unscored", "The guard gave no score."),
        (ReviewReasons.Borderline, "borderline", "The guard is unsure."),
        (ReviewReasons.Disagreement, "disagreement", "The guard and the rule that reads refusals see it differently."),
        (ReviewReasons.Split, "split", "The answers to this prompt were judged differently."),
        (ReviewReasons.Flipped, "flipped", "The verdict on the same text changed between rounds."),
        (ReviewReasons.OverRefusal, "over-refusal", "A harmless question seems to have been refused."),
        (ReviewReasons.Audit, "audit", "It was drawn at random, to measure how good the guard is."),
        (ReviewReasons.ByHand, "by hand", "Somebody sent it here."),
    ];

    /// <summary>Every reason with its short name, in the order of the page.</summary>
    public static IEnumerable<(ReviewReasons Reason, string Short)> Reasons => s_reasons.Select(row => (row.Reason, row.Short));

    /// <summary>Why an item is here, in sentences.</summary>
    public static string Why(ReviewReasons reasons) => string.Join(
        ' ', s_reasons.Where(row => reasons.HasFlag(row.Reason)).Select(row => row.Sentence));

    /// <summary>What hangs on an item.</summary>
    public static string AtStake(int pairs) => pairs switch
    {
        0 => "No pair of the next selection hangs on it.",
        1 => "One pair of the next selection hangs on it.",
        _ => FormattableString.Invariant($"{pairs} pairs of the next selection hang on it."),
    };

    /// <summary>Answers in words: <c>unsafe, partly refused</c>.</summary>
    public static string Of(LabelAnswers answers)
    {
        string?[] words = [
            Of(answers.Safety), Of(answers.Behaviour), answers.Prompt is { } prompt ? $"prompt {Of(prompt)}" : null,
            answers.Invalid ? "prompt invalid" : null, string.IsNullOrEmpty(answers.Corrected) ? null : "answer corrected",
        ];
        var said = words.OfType<string>().ToList();
        return said.Count == 0 ? "nothing chosen" : string.Join(", ", said);
    }

    /// <summary>A label of any question in small letters.</summary>
    public static string? Of(Enum? label) => label switch
    {
        null => null,
        SafetyLabel.CannotTell => "can't tell",
        BehaviourLabel.PartlyRefused => "partly refused",
        _ => label.ToString().ToLowerInvariant(),
    };

    /// <summary>Whether a type names how an attack is made; else it names what it is after.</summary>
    public static bool IsStyle(string category) => Taxonomy.Styles.Contains(category);

    /// <summary><c>Goal_Hijacking</c> as words.</summary>
    public static string Category(string label) => label.Replace('_', ' ');
}
