using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Objectives;
using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Recipes;

/// <summary>How probable the frozen reference finds the answers of each pair. It never changes, so each pair is asked about once; what it
/// said stays on the policy's device.</summary>
internal sealed class ReferenceLogProbs : IDisposable
{
    private readonly LlamaModel? _reference;
    private readonly IReadOnlyList<PreferenceExample> _pairs;
    private readonly LoraAdapters? _adapters;
    private readonly bool[] _known;
    private readonly Tensor _chosen;     // (pairs)
    private readonly Tensor _rejected;   // (pairs)

    /// <param name="reference">The frozen model; null for none, whose log-probabilities are all 0.</param>
    /// <param name="pairs">All pairs of the training.</param>
    /// <param name="answersOn">Where the policy lives: the reference may live elsewhere.</param>
    /// <param name="adapters">The policy's adapters, where the reference is the policy without them.</param>
    public ReferenceLogProbs(
        LlamaModel? reference, IReadOnlyList<PreferenceExample> pairs, Device answersOn, LoraAdapters? adapters = null)
    {
        (_reference, _pairs, _adapters, _known) = (reference, pairs, adapters, new bool[pairs.Count]);
        _chosen = zeros(pairs.Count, dtype: float32, device: answersOn).DetachFromDisposeScope();
        _rejected = zeros(pairs.Count, dtype: float32, device: answersOn).DetachFromDisposeScope();
    }

    /// <summary>Log-probabilities of some pairs' answers, in nats; those not asked for before are computed together.</summary>
    /// <param name="indices">Which pairs: B of them.</param>
    /// <returns>(B) each, float32, without gradient, in the caller's scope.</returns>
    public PairLogProbs Of(IReadOnlyList<int> indices)
    {
        Learn(indices);
        using var scope = NewDisposeScope();
        var places = Places(indices);
        return new PairLogProbs(_chosen.Rows(places).MoveToOuterDisposeScope(), _rejected.Rows(places).MoveToOuterDisposeScope());
    }

    /// <summary>Asks about every pair of a training, in the passes in which it will need them: for a reference that is about to change.</summary>
    public void AskAll(BatchPlan plan, CancellationToken cancellation)
    {
        foreach (var pass in plan.Steps.Where(step => step.Epoch == 0).SelectMany(step => step.Passes))
        {
            cancellation.ThrowIfCancellationRequested();
            Learn(pass.Examples);
        }
    }

    /// <summary>What the reference said so far: the tensors themselves, to be read or filled in place.</summary>
    public IEnumerable<(string Name, Tensor Value)> State() => [("reference/chosen", _chosen), ("reference/rejected", _rejected)];

    /// <summary>Says that the answers to some pairs were filled in.</summary>
    public void Know(IEnumerable<int> pairs)
    {
        foreach (var pair in pairs)
        {
            _known[pair] = true;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chosen.Dispose();
        _rejected.Dispose();
    }

    private void Learn(IReadOnlyList<int> indices)
    {
        int[] unknown = [.. indices.Where(i => !_known[i]).Distinct()];
        if (unknown.Length == 0 || _reference is null)
        {
            return;
        }

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var without = _adapters?.Suspend();
        using var batch = PackedBatch.FromTrees(
            [.. unknown.Select(i => (_pairs[i].Prompt, (IReadOnlyList<int[]>)[_pairs[i].Chosen, _pairs[i].Rejected]))],
            _reference.Device);
        var logProbs = AnswerScores.LogProbsOf(_reference, batch);                                               // (A)
        var answers = SequenceLogProbs.Sum(logProbs, batch.AnswerBranches, 2 * unknown.Length)
            .view(-1, 2).to(_chosen.device);                                                                     // (unknown, 2)
        var places = Places(unknown);
        _ = _chosen.index_copy_(0, places, answers.select(1, 0));
        _ = _rejected.index_copy_(0, places, answers.select(1, 1));
        Array.ForEach(unknown, i => _known[i] = true);
    }

    private Tensor Places(IReadOnlyList<int> indices) => tensor([.. indices.Select(i => (long)i)], device: _chosen.device);
}
