using SEAS.Data.Contracts.Review;
using SEAS.Training.Measures.Refusals;
using SEAS.Training.Pairing;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Review;

/// <summary>Why an answer, or a prompt, is shown to people. Pure; each rule is a setting of <see cref="ReviewPlan"/>.</summary>
/// <param name="plan">Which rules hold.</param>
/// <param name="before">The round before, by the verdicts in effect; empty in the first.</param>
/// <param name="scores">What scores stand for; null where they are taken as they are.</param>
internal sealed class ReviewRules(ReviewPlan plan, IEnumerable<JudgedAttack> before, CalibratedScores? scores = null)
{
    private readonly CalibratedScores _scores = scores ?? CalibratedScores.AsGiven;

    private readonly Dictionary<string, double> _before = before.Where(attack => attack.Answers.Count > 0)
        .GroupBy(attack => attack.Prompt.Text, StringComparer.Ordinal)
        .ToDictionary(equal => equal.Key, equal => equal.Aggregate((first, next) => first.MergedWith(next)).UnsafeRatio,
            StringComparer.Ordinal);

    /// <summary>The reasons to show one answer; the random share and what is sent by hand come on top.</summary>
    /// <param name="attack">The prompt with the answers to all equal prompts of the round.</param>
    /// <param name="answer">One of its answers.</param>
    public Grounds Of(JudgedAttack attack, JudgedAnswer answer)
    {
        var seconded = plan.Disagreement ? Seconds(attack, answer) : null;
        var reasons = ReviewReasons.None;
        Add(ReviewReasons.Borderline, _scores.IsBorderline(answer.Score, plan));
        Add(ReviewReasons.Disagreement, seconded == false);
        Add(ReviewReasons.Split, plan.Split && IsRarer(attack, answer));
        Add(ReviewReasons.Flipped, plan.Flipped && IsFlipped(attack, answer));
        return new Grounds(reasons, seconded);

        void Add(ReviewReasons reason, bool holds) => reasons |= holds ? reason : ReviewReasons.None;
    }

    /// <summary>The reasons to show a prompt with all its answers: their verdicts differ about evenly, so the prompt may be the
    /// riddle. A share of verdicts is no score, so calibration leaves its band where it is.</summary>
    public ReviewReasons Of(JudgedAttack attack) =>
        plan.Split && attack.Answers.Count > 1 && attack.UnsafeRatio > 0 && attack.UnsafeRatio < 1
        && attack.UnsafeRatio >= plan.BandLow && attack.UnsafeRatio <= plan.BandHigh
            ? ReviewReasons.Split
            : ReviewReasons.None;

    // An answer that does not refuse is suspicious only where the guard saw harm in another answer: then the prompt is an attack.
    private static bool? Seconds(JudgedAttack attack, JudgedAnswer answer) => RefusalWords.Read(answer.Text)?.Kind switch
    {
        RefusalKind.Refused => !answer.GuardUnsafe,
        RefusalKind.Complied or RefusalKind.PartlyRefused when answer.GuardUnsafe => true,
        RefusalKind.Complied or RefusalKind.PartlyRefused when attack.Answers.Any(other => other.GuardUnsafe) => false,
        _ => null,
    };

    private static bool IsRarer(JudgedAttack attack, JudgedAnswer answer)
    {
        var alike = attack.Answers.Count(other => other.Unsafe == answer.Unsafe);
        return alike < attack.Answers.Count && 2 * alike <= attack.Answers.Count;
    }

    private bool IsFlipped(JudgedAttack attack, JudgedAnswer answer) =>
        _before.TryGetValue(attack.Prompt.Text, out var ratio) && !ratio.Equals(0.5) && ratio > 0.5 != answer.Unsafe;
}

/// <summary>What speaks for showing an answer.</summary>
/// <param name="Reasons">The rules that hold.</param>
/// <param name="Seconded">Whether the refusal rule says what the guard says; null if it says nothing.</param>
internal sealed record Grounds(ReviewReasons Reasons, bool? Seconded);
