using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Review;
using SEAS.Training.Pairing;

namespace SEAS.Training.Review;

/// <summary>What a person sends to review, whatever the rules say.</summary>
public static class ByHand
{
    // More than any rule gives.
    private const double First = 1000;

    /// <summary>Sends one answer to review, before everything else of its round.</summary>
    /// <param name="store">The store that holds the run.</param>
    /// <param name="run">The run.</param>
    /// <param name="round">The round.</param>
    /// <param name="seed">The answer's seed.</param>
    /// <param name="prompt">The prompt within its seed.</param>
    /// <param name="answer">The answer within its prompt.</param>
    /// <exception cref="ArgumentException">The round has no such judged answer.</exception>
    public static void Send(Store store, RunId run, int round, int seed, int prompt, int answer)
    {
        ArgumentNullException.ThrowIfNull(store);
        var judged = store.Attacks.AnswersTo(run, round, seed, prompt)
            .FirstOrDefault(judged => judged.AnswerIndex == answer && judged.Score is not null) ?? throw new ArgumentException(
            $"Round {round} of run {run} has no judged answer {seed}.{prompt}.{answer}: nothing was sent. "
            + "Open the attack's page again; the run may have been deleted.");
        store.Review.Items.Add([new ReviewCandidate(
            run, ReviewSource.Attack, round, ReviewKind.Answer, seed, prompt, answer, judged.Category, judged.PromptText, judged.AnswerText,
            judged.Score, judged.Unsafe, ReviewReasons.ByHand, Uncertainty: 0, PairsAtStake: 0, Value: First, Group: "")]);
    }

    internal static ReviewCandidate Candidate(RunId run, JudgedAttack attack, JudgedAnswer answer) => new(
        run, ReviewSource.Attack, attack.Prompt.Round, ReviewKind.Answer, attack.Prompt.SeedIndex, attack.Prompt.PromptIndex, answer.Index,
        attack.Prompt.Category, attack.Prompt.Text, answer.Text, answer.Score, answer.GuardUnsafe, ReviewReasons.ByHand, Uncertainty: 0,
        PairsAtStake: 0, Value: 0, Group: "");
}
