using SEAS.Training.Engine.Models;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Objectives;

/// <summary>How probable one model finds the two answers of each pair: sums over answer tokens (or means, for a loss that asks
/// for them), in nats.</summary>
/// <param name="Chosen">log π(chosen | prompt): (B), float32.</param>
/// <param name="Rejected">log π(rejected | prompt): (B), float32.</param>
internal sealed record PairLogProbs(Tensor Chosen, Tensor Rejected)
{
    /// <summary>How much further apart these find the answers than a reference does.</summary>
    /// <returns>(B), float32, in the caller's scope.</returns>
    /// <exception cref="ShapeMismatchException">The four inputs do not share one length B.</exception>
    public Tensor Margin(PairLogProbs reference)
    {
        Shape.Require(Chosen, [Shape.Any]);
        var pairs = Chosen.shape[0];
        Shape.Require(Rejected, [pairs]);
        Shape.Require(reference.Chosen, [pairs]);
        Shape.Require(reference.Rejected, [pairs]);
        return (Chosen - Rejected) - (reference.Chosen - reference.Rejected);
    }

    /// <summary>The same per token.</summary>
    /// <param name="chosenTokens">Length of each chosen answer: (B), float32.</param>
    /// <param name="rejectedTokens">Length of each rejected answer: (B), float32.</param>
    public PairLogProbs PerToken(Tensor chosenTokens, Tensor rejectedTokens) => new(Chosen / chosenTokens, Rejected / rejectedTokens);
}
