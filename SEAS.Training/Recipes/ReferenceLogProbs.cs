using SEAS.Training.Models;
using SEAS.Training.Objectives;
using static TorchSharp.torch;

namespace SEAS.Training.Recipes;

/// <summary>How probable the frozen reference finds the answers of each pair. It never changes, so each pair is asked about once.</summary>
/// <param name="reference">The frozen model.</param>
/// <param name="pairs">All pairs of the training.</param>
/// <param name="answersOn">Where the policy lives: the reference may live elsewhere.</param>
/// <param name="adapters">The policy's adapters, where the reference is the policy without them.</param>
internal sealed class ReferenceLogProbs(
    LlamaModel reference, IReadOnlyList<PreferenceExample> pairs, Device answersOn, LoraAdapters? adapters = null)
{
    private readonly (float Chosen, float Rejected)?[] _known = new (float, float)?[pairs.Count];

    /// <summary>Log-probabilities of some pairs' answers, in nats; those not asked for before are computed together.</summary>
    /// <param name="indices">Which pairs: B of them.</param>
    /// <returns>(B) each, float32, without gradient, in the caller's scope.</returns>
    public PairLogProbs Of(IReadOnlyList<int> indices)
    {
        Learn([.. indices.Where(i => _known[i] is null).Distinct()]);
        return new PairLogProbs(
            tensor([.. indices.Select(i => _known[i]!.Value.Chosen)], device: answersOn),
            tensor([.. indices.Select(i => _known[i]!.Value.Rejected)], device: answersOn));
    }

    private void Learn(IReadOnlyList<int> unknown)
    {
        if (unknown.Count == 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var without = adapters?.Suspend();
        using var batch = PackedBatch.FromTrees(
            [.. unknown.Select(i => (pairs[i].Prompt, (IReadOnlyList<int[]>)[pairs[i].Chosen, pairs[i].Rejected]))], reference.Device);
        var logProbs = AnswerScores.LogProbsOf(reference, batch);                                                // (A)
        var answers = SequenceLogProbs.Sum(logProbs, batch.AnswerBranches, 2 * unknown.Count).cpu().data<float>().ToArray();
        for (var i = 0; i < unknown.Count; i++)
        {
            _known[unknown[i]] = (answers[2 * i], answers[(2 * i) + 1]);
        }
    }
}
