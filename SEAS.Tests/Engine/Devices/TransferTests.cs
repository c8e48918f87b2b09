using SEAS.Tests.Engine.Models;
using SEAS.Tests.Golden;
using SEAS.Training.Engine.Devices;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.Engine.Torch;

namespace SEAS.Tests.Engine.Devices;

/// <summary>How often numbers are read from the device: on a GPU each time costs its whole queue.</summary>
public sealed class TransferTests
{
    private static readonly LoraSettings s_lora = new() { Rank = 2 };

    [Theory]
    [InlineData(1, 4, false)]
    [InlineData(4, 1, false)]
    [InlineData(1, 4, true)]
    public void A_supervised_step_reads_the_device_once_however_many_passes_and_parameters_it_has(int batch, int passes, bool adapters)
    {
        using var model = GoldenModel.Build(tied: true, seed: 1);
        var settings = new TrainingSettings
        {
            BatchSize = batch, Accumulation = passes, Epochs = 3, Lora = adapters ? s_lora : null,
        };

        var counts = new List<long> { HostCopy.Count };
        SftRecipe.Run(
            model, GoldenModel.Examples().Rows, settings, new RandomStream(1, "test"), _ => counts.Add(HostCopy.Count), default);

        Assert.Equal(3, counts.Count - 1);
        Assert.All(counts.Zip(counts.Skip(1)), pair => Assert.Equal(1, pair.Second - pair.First));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_preference_step_reads_the_device_once_and_so_does_its_reference_never(bool adapters, bool apart)
    {
        using var policy = GoldenModel.Build(tied: true, seed: 1);
        using var other = GoldenModel.Build(tied: true, seed: 1);
        var (pairs, rows) = (GoldenModel.Examples().Pairs, GoldenModel.Examples().Rows);
        var settings = new DpoSettings { BatchSize = 1, Accumulation = 3, Epochs = 2, Lora = adapters ? s_lora : null };

        var counts = new List<long> { HostCopy.Count };
        DpoRecipe.Run(
            policy, apart ? other : policy, pairs, rows, settings, new RandomStream(1, "test"), _ => counts.Add(HostCopy.Count), default);

        Assert.Equal(2, counts.Count - 1);
        Assert.All(counts.Zip(counts.Skip(1)), pair => Assert.Equal(1, pair.Second - pair.First));
    }

    [Theory]
    [InlineData(0, 1.0, 0)]
    [InlineData(0.9, 0.95, 0)]
    [InlineData(1.0, 0.9, 7)]
    public void Decoding_on_a_device_reads_one_small_tensor_a_token_for_all_answers(double temperature, double topP, int topK)
    {
        // Three prompts fit into one pass: its tokens come with one copy, and those of each of the eleven passes behind it with one.
        var requests = Enumerable.Range(0, 3).Select(i => new GenerationRequest(
            SmallModels.Tokens(4 + i, i), [.. Enumerable.Range(0, 4).Select(answer => new RandomStream(1, "test", i, answer))])).ToList();

        var before = HostCopy.Count;
        var answers = new SEAS.Training.Engine.Generation.Generator(SmallModels.Tied, onDevice: true).Generate(
            requests, new SamplingSettings(temperature, topP, topK, 12), new HashSet<int>(), default);

        Assert.All(answers.SelectMany(of => of), answer => Assert.Equal(12, answer.Ids.Length));
        Assert.Equal(12, HostCopy.Count - before);
    }

    [Fact]
    public void A_guard_reads_one_small_tensor_a_pass()
    {
        // 200 texts of 20 tokens, 1,024 tokens a pass: 51 texts in each, so four passes.
        var texts = Enumerable.Range(0, 200).Select(i => SmallModels.Tokens(20, i)).ToList();

        var before = HostCopy.Count;
        _ = new AnswerScorer(SmallModels.Tied).ProbabilityOfFirst(SmallModels.Tokens(9, 1), texts, 3, 4, default);

        Assert.Equal(4, HostCopy.Count - before);
    }
}
