using SEAS.Tests.Engine.Models;
using SEAS.Tests.Engine.Torch;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using TorchSharp;

namespace SEAS.Tests.Engine.Generation;

[Collection(LiveTensors.Alone)]
public sealed class LiveTensorTests
{
    [Fact]
    public void Generating_and_scoring_leave_no_tensor_behind()
    {
        using var model = LlamaModel.Random(SmallModels.Config, 1, torch.CPU);
        Work();
        var before = torch.Tensor.TotalCount;

        Work();
        Work();

        Assert.Equal(before, torch.Tensor.TotalCount);

        void Work()
        {
            var request = new GenerationRequest(SmallModels.Tokens(9, 0), [new RandomStream(0, "a"), new RandomStream(0, "b")]);
            new Generator(model).Generate([request], new SamplingSettings(1, 0.9, 5, 20), new HashSet<int> { 3 }, CancellationToken.None);
            new AnswerScorer(model).ProbabilityOfFirst(SmallModels.Tokens(9, 0), [SmallModels.Tokens(4, 1)], 1, 2, CancellationToken.None);
        }
    }
}
