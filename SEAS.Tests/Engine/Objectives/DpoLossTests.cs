using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Objectives;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Objectives;

public sealed class DpoLossTests
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(2.0)]
    public void A_policy_equal_to_its_reference_costs_ln_two(double beta)
    {
        // margin = 0, σ(0) = ½, so every pair costs −ln ½ = 0.6931 nats whatever β is.
        using var scope = NewDisposeScope();
        var same = new PairLogProbs(Chosen: tensor([-3f, -8f]), Rejected: tensor([-5f, -2f]));

        var result = new DpoLoss(beta).Forward(policy: same, reference: same);

        Assert.Equal(0.693147f, result.Loss.item<float>(), precision: 6);
    }

    [Fact]
    public void A_margin_of_ln_three_over_beta_costs_a_quarter_as_a_probability()
    {
        // Policy moved chosen up by 3 and rejected down by 2: margin 5. With β = ln 3 / 5: σ(ln 3) = ¾, loss = −ln ¾.
        using var scope = NewDisposeScope();
        var reference = new PairLogProbs(tensor([-10f]), tensor([-10f]));
        var policy = new PairLogProbs(tensor([-7f]), tensor([-12f]));
        var beta = Math.Log(3) / 5;

        var result = new DpoLoss(beta).Forward(policy, reference);

        Assert.Equal(-Math.Log(0.75), result.Loss.item<float>(), precision: 6);
        Assert.Equal(3 * beta, result.ChosenReward.item<float>(), precision: 6);
        Assert.Equal(-2 * beta, result.RejectedReward.item<float>(), precision: 6);
    }

    [Fact]
    public void Label_smoothing_charges_the_share_believed_wrong_as_if_swapped()
    {
        // σ(β·margin) = ¾ again; with ε = 0.1: −0.9·ln ¾ − 0.1·ln ¼.
        using var scope = NewDisposeScope();
        var reference = new PairLogProbs(tensor([-10f]), tensor([-10f]));
        var policy = new PairLogProbs(tensor([-7f]), tensor([-12f]));

        var result = new DpoLoss(Math.Log(3) / 5, flipped: 0.1).Forward(policy, reference);

        Assert.Equal((-0.9 * Math.Log(0.75)) - (0.1 * Math.Log(0.25)), result.Loss.item<float>(), precision: 6);
    }

    [Fact]
    public void The_gradient_pushes_both_answers_apart_by_beta_times_the_doubt()
    {
        // d/d(log π chosen) of −log σ(β·m) is −β·σ(−β·m): Rafailov et al. 2023, the gradient after eq. 7. Here m = 0: −β/2 and +β/2.
        using var scope = NewDisposeScope();
        var chosen = tensor([-4f]).requires_grad_();
        var rejected = tensor([-6f]).requires_grad_();
        var frozen = new PairLogProbs(tensor([-4f]), tensor([-6f]));

        var loss = new DpoLoss(beta: 0.1).Forward(new PairLogProbs(chosen, rejected), frozen).Loss;
        var gradients = autograd.grad([loss], [chosen, rejected]);

        Assert.Equal(-0.05f, gradients[0].item<float>(), precision: 6);
        Assert.Equal(0.05f, gradients[1].item<float>(), precision: 6);
    }

    [Fact]
    public void A_huge_margin_stays_finite()
    {
        using var scope = NewDisposeScope();
        var reference = new PairLogProbs(tensor([0f, 0f]), tensor([0f, 0f]));
        var policy = new PairLogProbs(tensor([-1e6f, 1e6f]), tensor([0f, 0f]));

        var losses = new DpoLoss(beta: 1).Forward(policy, reference).PerPair.data<float>().ToArray();

        Assert.Equal([1e6f, 0f], losses);
    }

    [Fact]
    public void Vectors_of_different_length_are_refused_by_name()
    {
        using var scope = NewDisposeScope();
        var two = new PairLogProbs(tensor([0f, 0f]), tensor([0f, 0f]));
        var mixed = new PairLogProbs(tensor([0f, 0f]), tensor([0f, 0f, 0f]));

        var refusal = Assert.Throws<ShapeMismatchException>(() => new DpoLoss(0.1).Forward(two, mixed));

        Assert.Contains("reference.Rejected should have shape (2) but has (3)", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(-0.1, 0.0)]
    [InlineData(0.1, 0.5)]
    [InlineData(0.1, -0.1)]
    public void Settings_out_of_range_are_refused(double beta, double flipped) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DpoLoss(beta, flipped));
}
