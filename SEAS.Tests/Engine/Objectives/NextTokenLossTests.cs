using SEAS.Training.Engine.Objectives;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Objectives;

public sealed class NextTokenLossTests
{
    [Fact]
    public void It_is_the_mean_surprise_per_answer_token()
    {
        // Tokens given ½, ¼ and ⅛: (ln 2 + ln 4 + ln 8) / 3 = 2·ln 2.
        using var scope = NewDisposeScope();
        var logProbs = tensor([0.5f, 0.25f, 0.125f]).log();

        var loss = NextTokenLoss.Forward(logProbs, tensor([1f, 1f, 1f]), totalWeight: 3);

        Assert.Equal(2 * Math.Log(2), loss.item<float>(), precision: 6);
    }

    [Fact]
    public void A_row_of_weight_three_counts_as_if_it_were_there_three_times()
    {
        using var scope = NewDisposeScope();
        var weighted = NextTokenLoss.Forward(tensor([-1f, -2f]), tensor([3f, 1f]), totalWeight: 4);
        var repeated = NextTokenLoss.Forward(tensor([-1f, -1f, -1f, -2f]), tensor([1f, 1f, 1f, 1f]), totalWeight: 4);

        Assert.Equal(1.25f, weighted.item<float>());
        Assert.Equal(1.25f, repeated.item<float>());
    }

    [Fact]
    public void Parts_of_a_step_add_up_to_the_whole_step()
    {
        using var scope = NewDisposeScope();
        var whole = NextTokenLoss.Forward(tensor([-1f, -2f, -6f]), tensor([1f, 1f, 1f]), totalWeight: 3);
        var first = NextTokenLoss.Forward(tensor([-1f, -2f]), tensor([1f, 1f]), totalWeight: 3);
        var second = NextTokenLoss.Forward(tensor([-6f]), tensor([1f]), totalWeight: 3);

        Assert.Equal(whole.item<float>(), first.item<float>() + second.item<float>(), precision: 6);
    }

    [Fact]
    public void A_total_weight_of_zero_is_refused()
    {
        using var scope = NewDisposeScope();
        var one = tensor([-1f]);

        Assert.Throws<ArgumentOutOfRangeException>(() => NextTokenLoss.Forward(one, one, totalWeight: 0));
    }
}
