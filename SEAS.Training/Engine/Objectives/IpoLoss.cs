namespace SEAS.Training.Engine.Objectives;

/// <summary>Draws the margin between a chosen and a rejected answer to a fixed distance from the reference's, and no further.</summary>
/// <remarks>
/// <code>
/// margin = (log π(chosen) − log π(rejected)) − (log ρ(chosen) − log ρ(rejected))
/// loss   = (margin − 1 / (2·τ))²                                        for each pair
/// </code>
/// <para>Source: Azar et al. 2023, arXiv:2310.12036, eq. 17. Log-probabilities are means over each answer's tokens, as in TRL, whose
/// <c>beta</c> is τ here: sums would ask long answers for a smaller change in each token.</para>
/// <para>B = pairs in the batch.</para>
/// </remarks>
internal sealed class IpoLoss : IPreferenceLoss
{
    private readonly double _tau;

    /// <param name="tau">τ &gt; 0, per nat. Large values hold the policy closer to the reference.</param>
    /// <exception cref="ArgumentOutOfRangeException">τ is not above 0.</exception>
    public IpoLoss(double tau)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(tau);
        _tau = tau;
    }

    /// <inheritdoc/>
    public bool PerToken => true;

    /// <inheritdoc/>
    public DpoResult Forward(PairLogProbs policy, PairLogProbs reference)
    {
        var margin = policy.Margin(reference);                                                          // (B)

        return new DpoResult(
            PerPair: (margin - (1 / (2 * _tau))).pow(2),                                                // (B)
            ChosenReward: ((policy.Chosen - reference.Chosen) * _tau).detach(),                         // (B)
            RejectedReward: ((policy.Rejected - reference.Rejected) * _tau).detach());                  // (B)
    }
}
