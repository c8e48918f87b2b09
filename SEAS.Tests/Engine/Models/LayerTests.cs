using SEAS.Training.Engine.Models;
using TorchSharp;

namespace SEAS.Tests.Engine.Models;

public sealed class LayerTests
{
    [Fact]
    public void A_norm_divides_by_the_root_mean_square_and_multiplies_by_the_gain()
    {
        // mean(3², 4²) = 12.5, so (3, 4) becomes (3, 4) / √12.5 = (0.8485, 1.1314), times (1, 2).
        using var scope = torch.NewDisposeScope();
        var norm = new RmsNorm(torch.nn.Parameter(torch.tensor([1f, 2f])), 0);

        SmallModels.AssertClose([0.848528f, 2.262742f], norm.Forward(torch.tensor([3f, 4f], [1, 2])).data<float>().ToArray());
        using var inference = torch.no_grad();
        SmallModels.AssertClose([0.848528f, 2.262742f], norm.Forward(torch.tensor([3f, 4f], [1, 2])).data<float>().ToArray());
    }

    [Fact]
    public void The_first_position_is_not_turned_and_the_second_by_one_radian()
    {
        using var scope = torch.NewDisposeScope();
        using var rotary = new RotaryEmbedding(SmallModels.Config with { HiddenSize = 8, Heads = 4, KvHeads = 2 }, torch.CPU);
        var angles = rotary.At(torch.tensor([0L, 1L]), 2);

        // A head of width 2 is one pair: (1, 0) becomes (cos 1, sin 1).
        var turned = angles.Turn(torch.tensor([1f, 0f, 1f, 0f], [2, 1, 2]));

        SmallModels.AssertClose([1, 0, 0.540302f, 0.841471f], turned.data<float>().ToArray());
    }

    [Fact]
    public void Scores_of_turned_vectors_depend_on_the_distance_alone()
    {
        using var scope = torch.NewDisposeScope();
        using var rotary = new RotaryEmbedding(SmallModels.Config, torch.CPU);
        var query = torch.tensor([0.3f, -1, 0.5f, 2, 0.1f, -0.7f], [1, 1, 6]);
        var key = torch.tensor([1f, 0.2f, -0.4f, 0.6f, -2, 0.9f], [1, 1, 6]);

        SmallModels.AssertClose([Score(7, 3)], [Score(44, 40)], 1e-4);

        float Score(long first, long second) =>
            (rotary.At(torch.tensor([first]), 64).Turn(query) * rotary.At(torch.tensor([second]), 64).Turn(key)).sum().item<float>();
    }
}
