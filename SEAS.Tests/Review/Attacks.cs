using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Pairing;
using SEAS.Training.Review;
using SEAS.Training.Runs.Plan;

namespace SEAS.Tests.Review;

/// <summary>Small rounds written by hand.</summary>
internal static class Attacks
{
    public static RunId Run { get; } = new("tiny-1");

    public static RunPlan Plan { get; } = new()
    {
        RedUpdate = new() { OpeningCap = 1 },
        TargetUpdate = new() { OpeningCap = 1 },
        Review = new() { AuditShare = 0 },
    };

    /// <summary>A prompt with answers; each is its score, and its text is <c>answer</c>, its number and the prompt's text.</summary>
    public static JudgedAttack Of(int seed, int prompt, string text, params ReadOnlySpan<double> scores)
    {
        var answers = new List<JudgedAnswer>();
        foreach (var score in scores)
        {
            answers.Add(new JudgedAnswer(answers.Count, Answer(answers.Count, text), Stopped: true, score, score >= 0.5));
        }

        return new JudgedAttack(
            new AdversarialPrompt(1, seed, prompt, "Role_Play", text, Tokens: 5, Stopped: true, AsksHarm: null, SeedText: "seed"), answers);
    }

    public static string Answer(int index, string prompt) => $"answer {index} to {prompt}";

    public static EffectiveLabel Label(
        long item, int seed, int prompt, int answer, bool? isUnsafe, bool invalid = false, string? corrected = null,
        PromptLabel? says = null, ReviewState state = ReviewState.Agreed) => new(
        item, Run, Round: 1, seed, prompt, answer, isUnsafe, corrected, invalid, says, state, ["Ada"], [item]);

    public static EffectiveLabelIndex Book(IReadOnlyList<JudgedAttack> attacks, params IReadOnlyList<EffectiveLabel> labels)
    {
        var book = new EffectiveLabelIndex();
        book.Add(attacks, labels);
        return book;
    }

    public static bool IsFluent(AdversarialPrompt prompt) => true;

    public static RoundSelection Select(IReadOnlyList<JudgedAttack> attacks, EffectiveLabelIndex? book = null) =>
        RoundSelection.Of(1, book?.Apply(attacks) ?? attacks, Plan, IsFluent);
}
