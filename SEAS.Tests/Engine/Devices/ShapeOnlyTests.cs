using System.Runtime.InteropServices;
using SEAS.Tests.Engine.Models;
using SEAS.Tests.Golden;
using SEAS.Training.Engine.Devices;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.Engine.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Devices;

/// <summary>Whole trainings and generations on the <c>meta</c> device, which computes shapes alone and refuses to meet a tensor of another
/// device: one that was made on the processor by accident stops them.</summary>
public sealed class ShapeOnlyTests
{
    [Fact]
    public void The_meta_device_refuses_a_tensor_of_the_processor()
    {
        using var scope = NewDisposeScope();

        var error = Assert.ThrowsAny<ExternalException>(() => zeros(3, device: META) + zeros(3, device: CPU));

        Assert.Contains("same device", error.Message, StringComparison.Ordinal);
    }

    // The one operator of a step that libtorch cannot do on this device is the last: the optimizer's own. Everything before it has passed.
    [Theory]
    [InlineData(ScalarType.Float32, false, false)]
    [InlineData(ScalarType.Float32, true, false)]
    [InlineData(ScalarType.Float32, false, true)]
    [InlineData(ScalarType.BFloat16, false, false)]
    [InlineData(ScalarType.BFloat16, true, true)]
    public void A_supervised_step_gets_as_far_as_the_optimizer(ScalarType matrices, bool adapters, bool checkpointing)
    {
        using var model = Shapes(matrices);
        using var numbers = HostCopy.Answer(Zeros);
        var settings = new TrainingSettings
        {
            BatchSize = 2, Accumulation = 2, GradientCheckpointing = checkpointing, Lora = adapters ? new LoraSettings { Rank = 2 } : null,
        };

        var error = Assert.ThrowsAny<ExternalException>(() => SftRecipe.Run(
            model, GoldenModel.Examples().Rows, settings, new RandomStream(1, "test"), _ => { }, default));

        Assert.Contains("_fused_adamw_", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PreferenceLoss.Sigmoid, false, false)]
    [InlineData(PreferenceLoss.Ipo, false, true)]
    [InlineData(PreferenceLoss.Sigmoid, true, false)]
    [InlineData(PreferenceLoss.Ipo, true, true)]
    public void A_preference_step_with_its_reference_gets_as_far_as_the_optimizer(PreferenceLoss loss, bool adapters, bool checkpointing)
    {
        using var model = Shapes();
        using var numbers = HostCopy.Answer(Zeros);
        var settings = new DpoSettings
        {
            BatchSize = 2, Accumulation = 2, Loss = loss, ChosenNllWeight = 0.2, GradientCheckpointing = checkpointing,
            Lora = adapters ? new LoraSettings { Rank = 2 } : null,
        };

        var error = Assert.ThrowsAny<ExternalException>(() => DpoRecipe.Run(
            model, model, GoldenModel.Examples().Pairs, GoldenModel.Examples().Rows, settings, new RandomStream(1, "test"), _ => { }, default));

        Assert.Contains("_fused_adamw_", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1.0, 0)]
    [InlineData(0.9, 1.0, 0)]
    [InlineData(0.8, 0.9, 20)]
    public void Answers_are_written_whole(double temperature, double topP, int topK)
    {
        using var model = LlamaModel.Random(SmallModels.Config, 0, META);
        using var numbers = HostCopy.Answer(Zeros);
        GenerationRequest[] requests =
        [
            new(SmallModels.Tokens(5, 0), [new RandomStream(1, "a"), new RandomStream(1, "b")]),
            new(SmallModels.Tokens(9, 1), [new RandomStream(1, "c")]),
        ];

        var answers = new SEAS.Training.Engine.Generation.Generator(model).Generate(
            requests, new SamplingSettings(temperature, topP, topK, 6), new HashSet<int>(), default);

        Assert.All(answers.SelectMany(of => of), answer => Assert.Equal([0, 0, 0, 0, 0, 0], answer.Ids));
    }

    [Fact]
    public void A_guard_reads_its_texts()
    {
        using var model = LlamaModel.Random(SmallModels.Config, 0, META);
        using var numbers = HostCopy.Answer(Zeros);

        var scores = new AnswerScorer(model).ProbabilityOfFirst(
            SmallModels.Tokens(4, 0), [SmallModels.Tokens(3, 1), SmallModels.Tokens(8, 2)], 1, 2, default);

        Assert.Equal([0.5, 0.5], scores);   // of two scores that are both 0
    }

    private static LlamaModel Shapes(ScalarType matrices = ScalarType.Float32) => LlamaModel.Build(
        GoldenModel.Config(tied: false), META, (_, shape) => zeros(shape, dtype: float32, device: META), matrices);

    private static Tensor Zeros(Tensor tensor)
    {
        Assert.Equal(DeviceType.META, tensor.device_type);
        return zeros(tensor.shape, dtype: tensor.dtype, device: CPU);
    }
}
