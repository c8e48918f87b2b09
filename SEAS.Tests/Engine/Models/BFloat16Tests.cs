using SEAS.Data.Contracts;
using SEAS.Tests.Golden;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Models;

/// <summary>Matrices in bfloat16: half the memory, with float32 on both sides of every product.</summary>
public sealed class BFloat16Tests
{
    private static readonly DpoSettings s_adapted = new()
    {
        LearningRate = 0.02, BatchSize = 3, Epochs = 20, Lora = new LoraSettings { Rank = 4, Alpha = 8 },
    };

    [Fact]
    public void Matrices_are_rounded_and_gains_are_not()
    {
        using var model = Halved(out var exact);
        using (exact)
        {
            Assert.Equal(ScalarType.BFloat16, model.MatrixType);
            Assert.All(model.Parameters.Zip(exact.Parameters), pair =>
            {
                using var scope = NewDisposeScope();
                var (found, expected) = (Numbers(pair.First.Value), Numbers(pair.Second.Value));
                Assert.Equal(pair.First.Value.shape.Length == 2 ? ScalarType.BFloat16 : ScalarType.Float32, pair.First.Value.dtype);
                Assert.All(found.Zip(expected), numbers => Assert.InRange(
                    numbers.First, numbers.Second - (Math.Abs(numbers.Second) / 256), numbers.Second + (Math.Abs(numbers.Second) / 256)));
            });
        }
    }

    [Fact]
    public void Scores_are_those_of_float32_but_for_the_rounding()
    {
        using var scope = NewDisposeScope();
        using var model = Halved(out var exact);
        using var freed = exact;
        var ids = GoldenModel.Examples().Rows[0].Answer;
        using var batch = PackedBatch.FromRows([ids], CPU);

        var found = Numbers(model.Logits(model.Hidden(batch)));
        var expected = Numbers(exact.Logits(exact.Hidden(batch)));

        var largest = expected.Max(Math.Abs);
        Assert.All(found.Zip(expected), pair => Assert.InRange(pair.First - pair.Second, -0.05 * largest, 0.05 * largest));
        Assert.NotEqual(expected, found);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Adapters_learn_on_them(bool checkpointing)
    {
        using var scope = NewDisposeScope();
        using var model = Halved(out var exact);
        exact.Dispose();
        var before = Numbers(model.Projections[0].Weight);
        var reports = new List<StepReport>();

        DpoRecipe.Run(
            model, model, GoldenModel.Examples().Pairs, [], s_adapted with { GradientCheckpointing = checkpointing },
            new RandomStream(1, "test"), reports.Add, CancellationToken.None);

        Assert.True(reports[^1].Metrics["rewards/margins"] > reports[0].Metrics["rewards/margins"] + 0.1);
        Assert.NotEqual(before, Numbers(model.Projections[0].Weight));   // merged
        Assert.Equal(ScalarType.BFloat16, model.MatrixType);
    }

    [Fact]
    public void With_a_cache_they_write_what_they_write_without()
    {
        using var model = Halved(out var exact);
        exact.Dispose();
        int[] prompt = [5, 9, 12];
        var found = new SEAS.Training.Engine.Generation.Generator(model).Generate(
            [new GenerationRequest(prompt, [new RandomStream(1, "test")])], SamplingSettings.Greedy(8), new HashSet<int>(), default);

        List<int> expected = [.. prompt];
        for (var i = 0; i < 8; i++)
        {
            using var scope = NewDisposeScope();
            using var batch = PackedBatch.FromRows([[.. expected]], CPU);
            using var off = no_grad();
            var last = Numbers(model.Logits(model.Hidden(batch)))[^model.Config.VocabularySize..];
            expected.Add(Array.IndexOf(last, last.Max()));
        }

        Assert.Equal(expected[prompt.Length..], found[0][0].Ids);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_weights_learn_in_it_as_they_do_in_float32(bool checkpointing)
    {
        var settings = new TrainingSettings
        {
            LearningRate = 0.003, BatchSize = 2, Accumulation = 2, Epochs = 40, GradientCheckpointing = checkpointing,
        };
        using var model = Halved(out var exact);
        using var freed = exact;

        var (found, expected) = (Losses(model), Losses(exact));

        Assert.Equal(ScalarType.BFloat16, model.MatrixType);
        Assert.True(expected[^1] < 0.2 * expected[0], $"float32 went from {expected[0]} to {expected[^1]}");
        Assert.All(found.Zip(expected), pair => Assert.InRange(pair.First - pair.Second, -0.06 * expected[0], 0.06 * expected[0]));

        List<double> Losses(LlamaModel learner)
        {
            List<double> losses = [];
            SftRecipe.Run(
                learner, GoldenModel.Examples().Rows, settings, new RandomStream(1, "test"),
                report => losses.Add(report.Metrics["loss"]), default);
            return losses;
        }
    }

    [Fact]
    public void Steps_too_small_for_a_weight_add_up()
    {
        // At a rate of 2e-6 a weight of 0.3, whose neighbours are 0.002 apart, would not move in a thousand steps, each on its own.
        var settings = new TrainingSettings { LearningRate = 2e-6, Cosine = false, BatchSize = 4, Epochs = 300 };
        using var model = Halved(out var unrounded);
        unrounded.Dispose();
        using var exact = LlamaModel.Build(
            model.Config, CPU, (name, _) => model.Parameters.First(parameter => parameter.Name == name).Value.detach().type(float32));
        var before = Numbers(model.Projections[0].Weight);

        Learn(model);
        Learn(exact);

        // 300 · 2e-6 = 0.0006: weights next to a middle between two numbers cross it, as their float32 twins do.
        var (found, wanted) = (Numbers(model.Projections[0].Weight), Numbers(exact.Projections[0].Weight));
        Assert.InRange(found.Zip(before).Count(pair => pair.First != pair.Second), found.Length / 20, found.Length);
        var apart = found.Zip(wanted).Count(pair => Math.Abs(pair.First - pair.Second) > (Math.Abs(pair.Second) / 256) + 2e-5);
        Assert.InRange(apart, 0, found.Length / 20);   // where a gradient is so small that bfloat16 turns its sign

        void Learn(LlamaModel learner) => SftRecipe.Run(
            learner, GoldenModel.Examples().Rows, settings, new RandomStream(1, "test"), _ => { }, default);
    }

    private static LlamaModel Halved(out LlamaModel exact)
    {
        var whole = GoldenModel.Build(tied: false, seed: 100);
        exact = whole;
        return LlamaModel.Build(
            whole.Config, CPU, (name, _) => whole.Parameters.First(parameter => parameter.Name == name).Value.detach().clone(),
            ScalarType.BFloat16);
    }

    private static float[] Numbers(Tensor tensor) => tensor.detach().type(float32).data<float>().ToArray();
}
