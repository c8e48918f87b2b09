using SEAS.Training.Engine.Objectives;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Objectives;

public sealed class IpoLossTests
{
    [Theory]
    [InlineData(0.1, 25)]
    [InlineData(0.5, 1)]
    [InlineData(2.0, 0.0625)]
    public void A_policy_equal_to_its_reference_costs_the_squared_distance_it_has_to_go(double tau, float expected)
    {
        // margin = 0, so the loss is (1 / (2·τ))².
        using var scope = NewDisposeScope();
        var same = new PairLogProbs(Chosen: tensor([-3f, -8f]), Rejected: tensor([-5f, -2f]));

        Assert.Equal(expected, new IpoLoss(tau).Forward(policy: same, reference: same).Loss.item<float>(), precision: 4);
    }

    [Fact]
    public void A_margin_of_one_over_two_tau_costs_nothing_and_a_larger_one_costs_again()
    {
        // τ = 0.25 asks for a margin of 2. First pair: 1.5 up and 0.5 down; second: margin 5, (5 − 2)² = 9.
        using var scope = NewDisposeScope();
        var reference = new PairLogProbs(tensor([-4f, -4f]), tensor([-4f, -4f]));
        var policy = new PairLogProbs(tensor([-2.5f, -2f]), tensor([-4.5f, -7f]));

        var result = new IpoLoss(0.25).Forward(policy, reference);

        Assert.Equal([0f, 9f], result.PerPair.data<float>().ToArray());
        Assert.Equal([0.375f, 0.5f], result.ChosenReward.data<float>().ToArray());
        Assert.Equal([-0.125f, -0.75f], result.RejectedReward.data<float>().ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Tau_must_be_above_zero(double tau) => Assert.Throws<ArgumentOutOfRangeException>(() => new IpoLoss(tau));

    [Fact]
    public void Sums_become_means_over_tokens()
    {
        using var scope = NewDisposeScope();

        var (chosen, rejected) = new PairLogProbs(tensor([-6f]), tensor([-5f])).PerToken(tensor([3f]), tensor([2f]));

        Assert.Equal((-2f, -2.5f), (chosen.item<float>(), rejected.item<float>()));
    }
}
