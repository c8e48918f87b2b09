using static TorchSharp.torch;

namespace SEAS.Training.Engine.Objectives;

/// <summary>Teaches a policy to rank a chosen answer above a rejected one, relative to a frozen reference.</summary>
/// <remarks>
/// <code>
/// margin = (log π(chosen) − log π(rejected)) − (log ρ(chosen) − log ρ(rejected))
/// loss   = − (1 − ε)·log σ(β·margin) − ε·log σ(−β·margin)               for each pair
/// </code>
/// <para>π is the policy, ρ the reference; log-probabilities are sums over answer tokens, in nats.</para>
/// <para>Source: Rafailov et al. 2023, arXiv:2305.18290, eq. 7; ε after Mitchell's cDPO note ("A note on DPO with noisy preferences",
/// 2023), eq. 3.</para>
/// <para>Letters: docs/notation.md. B = pairs in the batch.</para>
/// </remarks>
internal sealed class DpoLoss : IPreferenceLoss
{
    private readonly double _beta;
    private readonly double _flipped;

    /// <param name="beta">β &gt; 0, dimensionless. Small values let the policy drift further; 0.1 is usual.</param>
    /// <param name="flipped">ε in [0, 0.5): the share of pairs believed to be labelled the wrong way round. 0 is plain DPO.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value lies outside its range.</exception>
    public DpoLoss(double beta, double flipped = 0.0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        ArgumentOutOfRangeException.ThrowIfNegative(flipped);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(flipped, 0.5);

        _beta = beta;
        _flipped = flipped;
    }

    /// <inheritdoc/>
    public bool PerToken => false;

    /// <inheritdoc/>
    public DpoResult Forward(PairLogProbs policy, PairLogProbs reference)
    {
        var margin = policy.Margin(reference);                                                          // (B)
        var kept = LogSigmoid(margin * _beta);                                                          // (B)
        var swapped = LogSigmoid(margin * -_beta);                                                      // (B)

        return new DpoResult(
            PerPair: -(kept * (1 - _flipped) + swapped * _flipped),                                 // (B)
            ChosenReward: ((policy.Chosen - reference.Chosen) * _beta).detach(),                    // (B)
            RejectedReward: ((policy.Rejected - reference.Rejected) * _beta).detach());             // (B)
    }

    /// <summary>log σ(x) = −log(1 + e^−x). libtorch's own operator of that name has no kernel for the <c>meta</c> device, which the tests
    /// need; softplus is exact to float32 as well, and does not overflow either.</summary>
    private static Tensor LogSigmoid(Tensor x) => -nn.functional.softplus(-x, 1, 20);
}
