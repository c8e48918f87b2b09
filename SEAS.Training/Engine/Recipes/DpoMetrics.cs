using SEAS.Training.Engine.Objectives;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Recipes;

/// <summary>What preference training measures beside its loss: sums and counts, from which the step's means are made.</summary>
internal static class DpoMetrics
{
    /// <summary>Rewards and log-probabilities: means over pairs.</summary>
    public static IEnumerable<(string Name, Tensor Sum, double Count)> OfPairs(DpoResult dpo, PairLogProbs learned, PairLogProbs frozen)
    {
        double pairs = dpo.PerPair.shape[0];
        return
        [
            (MetricNames.DpoLoss, dpo.PerPair.sum(), pairs),
            (MetricNames.RewardsChosen, dpo.ChosenReward.sum(), pairs),
            (MetricNames.RewardsRejected, dpo.RejectedReward.sum(), pairs),
            (MetricNames.RewardsMargins, (dpo.ChosenReward - dpo.RejectedReward).sum(), pairs),
            (MetricNames.RewardsAccuracies, dpo.ChosenReward.gt(dpo.RejectedReward).type(float32).sum(), pairs),
            (MetricNames.LogpsChosen, learned.Chosen.sum(), pairs),
            (MetricNames.LogpsRejected, learned.Rejected.sum(), pairs),
            (MetricNames.LogpsChosenDelta, (learned.Chosen - frozen.Chosen).sum(), pairs),
            (MetricNames.LogpsRejectedDelta, (learned.Rejected - frozen.Rejected).sum(), pairs),
        ];
    }

    /// <summary>What is measured at answer tokens: means over tokens.</summary>
    /// <param name="pairs">The batch's pairs.</param>
    /// <param name="general">The general rows behind them.</param>
    /// <param name="scores">What the policy says about every answer token.</param>
    /// <param name="answers">Adds up a number per token over each answer, and parts them into chosen, rejected and general.</param>
    public static IEnumerable<(string Name, Tensor Sum, double Count)> OfTokens(
        IReadOnlyList<PreferenceExample> pairs,
        IReadOnlyList<SftExample> general,
        AnswerScores scores,
        Func<Tensor, (Tensor Chosen, Tensor Rejected, Tensor General)> answers)
    {
        double chosen = pairs.Sum(pair => (long)pair.Chosen.Length);
        double rejected = pairs.Sum(pair => (long)pair.Rejected.Length);
        double rest = general.Sum(row => (long)row.LearnedTokens);
        using var statisticsOnly = no_grad();
        var correct = answers(scores.Correct);
        var entropies = answers(scores.Entropies);
        var logits = answers(scores.MeanLogits);
        var logProbs = answers(scores.LogProbs.detach());
        return
        [
            (MetricNames.MeanTokenAccuracy, correct.Chosen.sum(), chosen),
            (MetricNames.Entropy, entropies.Chosen.sum() + entropies.Rejected.sum(), chosen + rejected),
            (MetricNames.LogitsChosen, logits.Chosen.sum(), chosen),
            (MetricNames.LogitsRejected, logits.Rejected.sum(), rejected),
            (MetricNames.NllLoss, -logProbs.Chosen.sum(), chosen),
            (MetricNames.GeneralNllLoss, -logProbs.General.sum(), rest),
            (MetricNames.GeneralMeanTokenAccuracy, correct.General.sum(), rest),
        ];
    }
}
