using SEAS.Training.Engine.Models;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Objectives;

/// <summary>What a model says about every answer token of a batch.</summary>
/// <param name="LogProbs">log π(x_t | x_&lt;t): (A), float32, in nats, with gradient if gradients are on.</param>
/// <param name="Correct">1 where the token is the model's first choice, else 0: (A), float32, detached.</param>
/// <param name="Entropies">Entropy of the model's prediction at the token, in nats: (A), float32, detached.</param>
/// <param name="MeanLogits">Mean of the logits at the token: (A), float32, detached.</param>
/// <remarks>Letters: docs/notation.md. A = answer tokens in the batch, D = hidden size, V = vocabulary.</remarks>
internal sealed record AnswerScores(Tensor LogProbs, Tensor Correct, Tensor Entropies, Tensor MeanLogits)
{
    /// <summary>Runs a model over a batch. Logits are computed where an answer token is predicted, and nowhere else.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="chunk">For how many tokens to hold logits at once; all by default. Smaller chunks bound the memory of (A, V): without
    /// gradients to one chunk, with gradients to a third, because what a chunk computes on the way is freed before the next.</param>
    public static AnswerScores Of(LlamaModel model, PackedBatch batch, int chunk = int.MaxValue)
    {
        var columns = InChunks(model, batch, chunk, (logits, targets) =>
        {
            var scores = FromLogits(logits, targets);
            return [scores.LogProbs, scores.Correct, scores.Entropies, scores.MeanLogits];
        });
        return new AnswerScores(columns[0], columns[1], columns[2], columns[3]);
    }

    /// <summary>The log-probabilities alone, where nothing else is asked: (A), float32, in nats.</summary>
    public static Tensor LogProbsOf(LlamaModel model, PackedBatch batch, int chunk = int.MaxValue) =>
        InChunks(model, batch, chunk, (logits, targets) => [OfTargets(logits.log_softmax(-1), targets)])[0];

    /// <summary>Scores answer tokens from the logits that predict them.</summary>
    /// <param name="logits">(A, V), float32.</param>
    /// <param name="targets">The tokens that came: (A), int64.</param>
    /// <exception cref="ShapeMismatchException">There is not one row of logits per target.</exception>
    public static AnswerScores FromLogits(Tensor logits, Tensor targets)
    {
        var logProbs = logits.log_softmax(-1);                                            // (A, V)
        var ofTargets = OfTargets(logProbs, targets);                                     // (A)

        using var statisticsOnly = no_grad();
        var all = logProbs.detach();
        return new AnswerScores(
            LogProbs: ofTargets,
            Correct: ofTargets.detach().ge(all.amax(-1)).type(float32),                   // (A); argmax takes 30 times as long
            Entropies: -(all.exp() * all).sum(-1),                                        // (A)
            MeanLogits: logits.detach().mean([-1L]));                                     // (A)
    }

    private static Tensor OfTargets(Tensor logProbs, Tensor targets)
    {
        Shape.Require(targets, [Shape.Any]);
        Shape.Require(logProbs, [targets.shape[0], Shape.Any]);
        return logProbs.gather(-1, targets.unsqueeze(-1)).squeeze(-1);                    // (A)
    }

    private static Tensor[] InChunks(LlamaModel model, PackedBatch batch, int chunk, Func<Tensor, Tensor, Tensor[]> score)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunk);

        using var scope = NewDisposeScope();
        var hidden = model.Hidden(batch, batch.AnswerPositions);                          // (A, D)
        var chunks = new List<Tensor[]>();
        for (var start = 0L; start < hidden.shape[0]; start += chunk)
        {
            using var temporaries = NewDisposeScope();
            var length = Math.Min(chunk, hidden.shape[0] - start);
            var logits = model.Logits(hidden.narrow(0, start, length));                   // (chunk, V)
            var scored = score(logits, batch.AnswerTargets.narrow(0, start, length));
            chunks.Add([.. scored.Select(column => column.MoveToOuterDisposeScope())]);
        }

        return [.. Enumerable.Range(0, chunks[0].Length)
            .Select(column => chunks.Count == 1 ? chunks[0][column] : cat([.. chunks.Select(scored => scored[column])]))
            .Select(column => column.MoveToOuterDisposeScope())];
    }
}
