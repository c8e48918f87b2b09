using static TorchSharp.torch;

namespace SEAS.Training.Engine.Objectives;

/// <summary>What the preference objective says about one batch of pairs.</summary>
/// <param name="PerPair">The loss of each pair: (B), with gradient, in nats.</param>
/// <param name="ChosenReward">β·(log π − log ρ) of the chosen answers: (B), detached.</param>
/// <param name="RejectedReward">The same of the rejected answers: (B), detached.</param>
internal sealed record DpoResult(Tensor PerPair, Tensor ChosenReward, Tensor RejectedReward)
{
    /// <summary>The mean over the pairs of this batch: scalar, with gradient.</summary>
    public Tensor Loss => PerPair.mean();
}
