using SEAS.Training.Engine.Randomness;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Review;

/// <summary>A guard made worse on purpose, for studies: less sure of everything, wrong on a share of what it is least sure of.</summary>
/// <remarks>
/// The verdicts of a unit of work are ranked by how far their scores lie from the threshold. Scores become ranks, spread evenly on their
/// side of the threshold, and of the half that lies nearest a share changes sides. Which ones depends on seed and texts alone: equal texts
/// fare alike.
/// </remarks>
internal static class WorsenedGuard
{
    public static IReadOnlyList<double> Scores(
        IReadOnlyList<(string Prompt, string Answer)> texts, IReadOnlyList<double> scores, RunPlan plan)
    {
        if (plan.GuardFlipShare <= 0)
        {
            return scores;
        }

        var threshold = plan.GuardThreshold;
        var sureness = texts.Zip(scores).GroupBy(row => row.First).ToDictionary(
            equal => equal.Key, equal => equal.Min(row => Distance(row.Second, threshold)));
        var ranked = sureness.OrderBy(entry => entry.Value).ThenBy(entry => entry.Key.Prompt, StringComparer.Ordinal)
            .ThenBy(entry => entry.Key.Answer, StringComparer.Ordinal).Select((entry, rank) => (entry.Key, (rank + 0.5) / sureness.Count))
            .ToDictionary(entry => entry.Key, entry => entry.Item2);
        return [.. texts.Zip(scores, (text, score) =>
        {
            var rank = ranked[text];
            var flips = rank < 0.5
                && new RandomStream((ulong)plan.Seed, $"guard-flip/{text.Prompt}\0{text.Answer}").Chance(plan.GuardFlipShare);
            return score >= threshold != flips ? threshold + ((1 - threshold) * rank) : threshold - (threshold * rank);
        })];
    }

    // In log odds: scores of 0.999 and 0.9999 are as far apart as 0.5 and 0.91.
    private static double Distance(double score, double threshold) => Math.Abs(Odds(score) - Odds(threshold));

    private static double Odds(double p) => Math.Log(Math.Clamp(p, 1e-12, 1 - 1e-12) / (1 - Math.Clamp(p, 1e-12, 1 - 1e-12)));
}
