using SEAS.Data.Contracts;
using SEAS.Training.Engine.Models;
using TorchSharp;

namespace SEAS.Tests.Engine.Models;

public sealed class LlamaConfigTests
{
    [Fact]
    public void Impossible_sizes_are_reported_together()
    {
        var config = SmallModels.Config with { HiddenSize = 25, KvHeads = 3 };

        var error = Assert.Throws<ArgumentException>(config.Validate);

        Assert.Contains("HiddenSize 25 is not a multiple of Heads 4", error.Message, StringComparison.Ordinal);
        Assert.Contains("Heads 4 is not a multiple of KvHeads 3", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void A_size_that_is_not_positive_is_named(int layers) =>
        Assert.Contains("Layers", Assert.Single((SmallModels.Config with { Layers = layers }).Problems()), StringComparison.Ordinal);

    [Fact]
    public void A_head_of_odd_width_cannot_turn() =>
        Assert.Contains("must be even", Assert.Single((SmallModels.Config with { HiddenSize = 20 }).Problems()), StringComparison.Ordinal);

    [Fact]
    public void The_parameter_count_is_what_the_tensors_hold()
    {
        foreach (var model in (LlamaModel[])[SmallModels.Tied, SmallModels.Untied])
        {
            Assert.Equal(model.Parameters.Sum(parameter => parameter.Value.numel()), model.Config.ParameterCount);
        }
    }

    [Fact]
    public void Parameters_have_hugging_face_names_and_shapes()
    {
        using var model = LlamaModel.Random(SmallModels.Config with { Layers = 1, TiedEmbeddings = false }, 0, torch.META);

        Assert.Equal(
            [
                "model.embed_tokens.weight [50, 24]",
                "model.layers.0.input_layernorm.weight [24]",
                "model.layers.0.self_attn.q_proj.weight [24, 24]",
                "model.layers.0.self_attn.k_proj.weight [12, 24]",
                "model.layers.0.self_attn.v_proj.weight [12, 24]",
                "model.layers.0.self_attn.o_proj.weight [24, 24]",
                "model.layers.0.post_attention_layernorm.weight [24]",
                "model.layers.0.mlp.gate_proj.weight [40, 24]",
                "model.layers.0.mlp.up_proj.weight [40, 24]",
                "model.layers.0.mlp.down_proj.weight [24, 40]",
                "model.norm.weight [24]",
                "lm_head.weight [50, 24]",
            ],
            model.Parameters.Select(parameter => $"{parameter.Name} [{string.Join(", ", parameter.Value.shape)}]"));
        Assert.All(model.Parameters, parameter => Assert.Equal(DeviceType.META, parameter.Value.device_type));
    }
}
