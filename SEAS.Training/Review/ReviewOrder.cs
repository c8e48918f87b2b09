using SEAS.Data.Contracts.Review;

namespace SEAS.Training.Review;

/// <summary>What a label is worth to the next pair selection: how unsure the verdict is × what hangs on it.</summary>
internal static class ReviewOrder
{
    // One other item between two of the random share would double a person's work; one in ten costs a tenth.
    private const int BetweenAudits = 10;

    // The queue lets types take turns among items that are worth about the same, within a factor of two: what a pair hangs on must lie
    // clearly above what may come to matter later.
    private const int Stake = 3;

    // What a second opinion leaves: of the certainty where it is against the verdict, of the uncertainty where it is for it.
    private const double Left = 0.25;

    /// <summary>How unsure a verdict is: 0 at a score of 0 or 1, 1 at the threshold or without a score.</summary>
    /// <param name="score">The guard's P(unsafe); null if it gave none.</param>
    /// <param name="threshold">The guard's threshold, in (0, 1].</param>
    /// <param name="grounds">A second judge's opinion, and the round before's.</param>
    public static double Uncertainty(double? score, double threshold, Grounds grounds)
    {
        if (score is not { } known)
        {
            return 1;
        }

        var certainty = known < threshold ? (threshold - known) / threshold : threshold < 1 ? (known - threshold) / (1 - threshold) : 0;
        certainty *= grounds.Reasons.HasFlag(ReviewReasons.Flipped) ? Left : 1;
        return grounds.Seconded switch
        {
            true => Left * (1 - certainty),
            false => 1 - (Left * certainty),
            null => 1 - certainty,
        };
    }

    /// <summary>How unsure a prompt is whose answers were judged differently: 1 where they are even, 0 where they agree.</summary>
    public static double Uncertainty(double unsafeRatio) => 1 - Math.Abs((2 * unsafeRatio) - 1);

    /// <summary>Uncertainty × (1 + 3 × pairs at stake + nearness in line).</summary>
    /// <param name="uncertainty">How unsure the verdict is, 0 to 1.</param>
    /// <param name="pairsAtStake">Pairs that hang on it.</param>
    /// <param name="nearness">How soon a pair would hang on it if others dropped out, 0 to 1.</param>
    public static double Value(double uncertainty, int pairsAtStake, double nearness = 0) =>
        uncertainty * (1 + (Stake * pairsAtStake) + nearness);

    /// <summary>Puts the random share among the others, one after each ten of them, by values that keep that order.</summary>
    /// <param name="ranked">What is shown for a reason, by falling value.</param>
    /// <param name="audit">The random share, in its random order.</param>
    public static IEnumerable<ReviewCandidate> Spread(IReadOnlyList<ReviewCandidate> ranked, IReadOnlyList<ReviewCandidate> audit) =>
        ranked.Concat(audit.Select((item, index) => item with { Value = ValueAt(ranked, (BetweenAudits * (index + 1)) - 1, index) }));

    // Beyond the last of the others the random share goes on by itself, in its own order.
    private static double ValueAt(IReadOnlyList<ReviewCandidate> ranked, int place, int index) =>
        place < ranked.Count ? ranked[place].Value : (ranked.Count == 0 ? 1 : ranked[^1].Value) / (2 + index);
}
