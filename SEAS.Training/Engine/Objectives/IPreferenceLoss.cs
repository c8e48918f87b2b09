using SEAS.Training.Engine.Models;

namespace SEAS.Training.Engine.Objectives;

/// <summary>What a policy pays for how it ranks the two answers of each pair, relative to a frozen reference.</summary>
internal interface IPreferenceLoss
{
    /// <summary>Whether log-probabilities are means over each answer's tokens; sums otherwise.</summary>
    bool PerToken { get; }

    /// <summary>Scores one batch of pairs.</summary>
    /// <param name="policy">Log-probabilities under the model in training: (B) each, float32, with gradient.</param>
    /// <param name="reference">The same under the frozen reference: (B) each, float32, without gradient.</param>
    /// <returns>Losses with gradient and detached rewards; all of them belong to the caller's scope.</returns>
    /// <exception cref="ShapeMismatchException">The four inputs do not share one length B.</exception>
    DpoResult Forward(PairLogProbs policy, PairLogProbs reference);
}
