using SEAS.Data.Contracts;
using SEAS.Tests.Engine.Models;
using SEAS.Tests.Golden;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Devices;

/// <summary>What the processor computes, on a GPU. Where there is none these are skipped: docs/gpu.md tells how to run them.</summary>
public sealed class CudaTests
{
    private static Device Gpu
    {
        get
        {
            Skip.IfNot(cuda.is_available(), "There is no CUDA GPU here, or libtorch was built without CUDA (docs/gpu.md).");
            return new Device("cuda:0");
        }
    }

    [SkippableTheory]
    [InlineData(ScalarType.Float32, 1e-3)]
    [InlineData(ScalarType.BFloat16, 0.1)]
    public void Scores_are_those_of_the_processor(ScalarType matrices, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var (one, other) = (Model(CPU, matrices), Model(Gpu, matrices));
        (int[], IReadOnlyList<int[]>)[] trees =
            [(SmallModels.Tokens(6, 3), [SmallModels.Tokens(8, 4), SmallModels.Tokens(5, 5)]), (SmallModels.Tokens(7, 6), [SmallModels.Tokens(4, 7)])];
        using var here = PackedBatch.FromTrees(trees, CPU);
        using var there = PackedBatch.FromTrees(trees, Gpu);

        SmallModels.AssertClose(
            Numbers(one.Logits(one.Hidden(here))), Numbers(other.Logits(other.Hidden(there))), tolerance);
    }

    [SkippableTheory]
    [InlineData(ScalarType.Float32, false, false, 1e-3)]
    [InlineData(ScalarType.Float32, true, true, 1e-3)]
    [InlineData(ScalarType.BFloat16, false, true, 0.1)]
    [InlineData(ScalarType.BFloat16, true, false, 0.1)]
    public void A_training_takes_the_same_steps(ScalarType matrices, bool adapters, bool checkpointing, double tolerance)
    {
        var settings = new DpoSettings
        {
            LearningRate = 0.003, BatchSize = 1, Accumulation = 3, Epochs = 5, ChosenNllWeight = 0.2, AdamEpsilon = 1e-3,
            GradientCheckpointing = checkpointing, Lora = adapters ? new LoraSettings { Rank = 2 } : null,
        };

        var (expected, found) = (Losses(CPU), Losses(Gpu));

        Assert.Equal(5, found.Count);
        Assert.All(expected.Zip(found), pair => Assert.InRange(pair.Second - pair.First, -tolerance, tolerance));

        List<double> Losses(Device device)
        {
            using var model = Model(device, matrices);
            List<double> losses = [];
            DpoRecipe.Run(
                model, model, GoldenModel.Examples().Pairs, GoldenModel.Examples().Rows, settings, new RandomStream(1, "test"),
                report => losses.Add(report.Metrics["loss"]), default);
            return losses;
        }
    }

    [SkippableTheory]
    [InlineData(0, 1.0, 1.0)]
    [InlineData(0.9, 0.95, 0.9)]   // a random number may fall between two tokens whose sums are rounded in another way
    public void Answers_are_those_of_the_processor(double temperature, double topP, double share)
    {
        List<GenerationRequest> Requests() => [.. Enumerable.Range(0, 20).Select(i => new GenerationRequest(
            SmallModels.Tokens(3 + i, i), [new RandomStream(1, "a", i), new RandomStream(1, "b", i)]))];
        using var model = LlamaModel.Build(
            SmallModels.Untied.Config, Gpu,
            (name, _) => SmallModels.Untied.Parameters.First(parameter => parameter.Name == name).Value.detach().clone());

        var expected = Write(SmallModels.Untied);
        var found = Write(model);

        Assert.InRange(expected.Zip(found).Count(pair => pair.First.SequenceEqual(pair.Second)), (int)(share * 40), 40);

        List<int[]> Write(LlamaModel writer) => [.. new SEAS.Training.Engine.Generation.Generator(writer)
            .Generate(Requests(), new SamplingSettings(temperature, topP, 0, 12), new HashSet<int>(), default)
            .SelectMany(answers => answers.Select(answer => answer.Ids))];
    }

    [SkippableFact]
    public void A_guards_scores_are_those_of_the_processor()
    {
        var texts = Enumerable.Range(0, 30).Select(i => SmallModels.Tokens(5 + (i % 4), i)).ToList();
        using var model = Model(Gpu, ScalarType.Float32);
        using var here = Model(CPU, ScalarType.Float32);

        var expected = new AnswerScorer(here).ProbabilityOfFirst(SmallModels.Tokens(9, 1), texts, 3, 4, default);
        var found = new AnswerScorer(model).ProbabilityOfFirst(SmallModels.Tokens(9, 1), texts, 3, 4, default);

        Assert.All(expected.Zip(found), pair => Assert.InRange(pair.Second - pair.First, -1e-4, 1e-4));
    }

    [SkippableFact]
    public void A_model_that_left_and_came_back_is_the_same_to_the_bit()
    {
        using var scope = NewDisposeScope();
        using var model = Model(Gpu, ScalarType.BFloat16);
        var before = model.Parameters.Select(parameter => Numbers(parameter.Value)).ToList();

        model.MoveTo(CPU);
        model.MoveTo(Gpu);

        Assert.Equal(before, model.Parameters.Select(parameter => Numbers(parameter.Value)));
    }

    private static LlamaModel Model(Device device, ScalarType matrices)
    {
        using var source = GoldenModel.Build(tied: false, seed: 1);
        return LlamaModel.Build(
            source.Config, device, (name, _) => source.Parameters.First(parameter => parameter.Name == name).Value.detach().clone(), matrices);
    }

    private static float[] Numbers(Tensor tensor) => tensor.detach().type(float32).cpu().contiguous().data<float>().ToArray();
}
