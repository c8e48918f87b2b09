using SEAS.Training.Engine.Models;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Objectives;

/// <summary>Teaches a model to give each answer token more probability: the negative log-likelihood per answer token.</summary>
/// <remarks>
/// <code>
/// loss = − Σ_t w_t · log π(x_t | x_&lt;t)  /  Σ_t w_t          t over answer tokens only
/// </code>
/// <para>w_t is the weight of the row that token t belongs to; with all weights 1 this is the mean over answer tokens.</para>
/// <para>Source: the log-likelihood of Bengio et al. 2003, "A neural probabilistic language model", section 2, over answer tokens
/// only.</para>
/// <para>Letters: docs/notation.md. M = answer tokens, or answers, in the batch.</para>
/// </remarks>
internal static class NextTokenLoss
{
    /// <summary>The loss of one micro-batch as a share of its optimizer step.</summary>
    /// <param name="logProbs">log π of every answer token, or, since a row's tokens share their weight, of every whole answer (the sum
    /// over its tokens): (M), float32, in nats, with gradient.</param>
    /// <param name="weights">The weight of each token, or of each answer: (M), float32, not negative.</param>
    /// <param name="totalWeight">Σ w_t over all answer tokens of the whole optimizer step. Dividing by it, and not by this micro-batch's
    /// own sum, makes accumulated micro-batches add up to exactly the gradient of one large batch.</param>
    /// <returns>A scalar with gradient, in nats per answer token.</returns>
    /// <exception cref="ShapeMismatchException">The two vectors differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The total weight is not positive.</exception>
    public static Tensor Forward(Tensor logProbs, Tensor weights, double totalWeight)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(totalWeight);
        Shape.Require(logProbs, [Shape.Any]);
        Shape.Require(weights, [logProbs.shape[0]]);

        return (logProbs * weights).sum() * (-1.0 / totalWeight);   // ()
    }
}
