using SEAS.Training.Engine.Models;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Objectives;

/// <summary>How probable a model finds each whole answer: the sum of its tokens' log-probabilities.</summary>
/// <remarks>
/// <code>
/// log π(y | x) = Σ_t log π(y_t | x, y_&lt;t)
/// </code>
/// <para>Source: the chain rule of probability. A sum and not a mean, as in Rafailov et al. 2023, arXiv:2305.18290: DPO's margin is a
/// difference of log-probabilities of whole answers.</para>
/// <para>Letters: docs/notation.md. M = answer tokens, S = answers in the batch.</para>
/// </remarks>
internal static class SequenceLogProbs
{
    /// <summary>Adds up the tokens of each answer.</summary>
    /// <param name="tokenLogProbs">(M), float32, in nats.</param>
    /// <param name="sequences">The answer each token belongs to: (M), int64, each in [0, S).</param>
    /// <param name="count">S.</param>
    /// <returns>(S), float32, in nats; with gradient if the input has one. An answer without scored tokens has 0: certainty.</returns>
    /// <exception cref="ShapeMismatchException">The two vectors differ in length.</exception>
    public static Tensor Sum(Tensor tokenLogProbs, Tensor sequences, long count)
    {
        Shape.Require(tokenLogProbs, [Shape.Any]);
        Shape.Require(sequences, [tokenLogProbs.shape[0]]);

        return zeros(count, dtype: float32, device: tokenLogProbs.device).scatter_add(0, sequences, tokenLogProbs);   // (S)
    }
}
