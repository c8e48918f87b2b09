using SEAS.Tests.Engine.Models;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Randomness;
using TorchSharp;

namespace SEAS.Tests.Engine.Generation;

/// <summary>Choosing tokens where the scores are, against choosing them row by row: the same random numbers, the same tokens.</summary>
public sealed class DeviceSamplerTests
{
    private const int Vocabulary = 203;   // no whole number of registers or blocks

    [Theory]
    [InlineData(0.0, 1.0, 0)]
    [InlineData(1.0, 1.0, 0)]
    [InlineData(0.8, 0.9, 0)]
    [InlineData(1.5, 0.5, 0)]
    [InlineData(1.0, 0.05, 0)]
    [InlineData(1.0, 0.0, 0)]
    [InlineData(0.7, 1.0, 1)]
    [InlineData(0.7, 1.0, 40)]
    [InlineData(1.3, 0.6, 17)]
    public void Every_token_and_every_stream_is_that_of_the_sampler_that_goes_row_by_row(double temperature, double topP, int topK)
    {
        const int Rows = 37, Steps = 40;
        using var scope = torch.NewDisposeScope();
        var settings = new SamplingSettings(temperature, topP, topK, 1);
        var (one, other) = (new Sampler(settings, Vocabulary), new DeviceSampler(settings));
        var (expected, found) = (Streams(Rows), Streams(Rows));
        for (var step = 0; step < Steps; step++)
        {
            var logits = Logits(Rows, step);
            var tokens = other.Next(torch.tensor(logits, [Rows, Vocabulary]), [.. Enumerable.Range(0, Rows)], found);
            Assert.Equal(Enumerable.Range(0, Rows).Select(row => one.Next(logits.AsSpan(row * Vocabulary, Vocabulary), expected[row])), tokens);
        }

        Assert.Equal(expected.Select(stream => stream.NextUInt64()), found.Select(stream => stream.NextUInt64()));
    }

    [Fact]
    public void Of_equal_scores_the_first_are_kept_and_the_first_is_taken()
    {
        using var scope = torch.NewDisposeScope();
        var equal = torch.zeros(1, Vocabulary);

        Assert.Equal([0], new DeviceSampler(SamplingSettings.Greedy(1)).Next(equal, [0], Streams(1)));
        var seen = Enumerable.Range(0, 400)
            .Select(draw => new DeviceSampler(new SamplingSettings(1, 1, 3, 1)).Next(equal, [0], [new RandomStream(5, "ties", draw)])[0]);
        Assert.Equal([0, 1, 2], seen.Distinct().Order());
    }

    [Fact]
    public void Several_answers_may_continue_one_row()
    {
        using var scope = torch.NewDisposeScope();
        var settings = new SamplingSettings(1, 0.9, 0, 1);
        var logits = torch.tensor(Logits(2, 0), [2, Vocabulary]);

        var together = new DeviceSampler(settings).Next(logits, [1, 0, 1], Streams(3));

        Assert.Equal(together[2], new DeviceSampler(settings).Next(logits, [1], [Streams(3)[2]])[0]);
        Assert.Equal(together[1], new DeviceSampler(settings).Next(logits, [0], [Streams(3)[1]])[0]);
    }

    [Theory]
    [InlineData(float.NaN, 0.0)]
    [InlineData(float.NaN, 1.0)]
    [InlineData(float.PositiveInfinity, 0.0)]
    [InlineData(float.PositiveInfinity, 1.0)]
    public void Scores_that_are_not_numbers_stop_the_run_with_advice(float broken, double temperature)
    {
        using var scope = torch.NewDisposeScope();
        var logits = Logits(2, 0);
        logits[Vocabulary + 17] = broken;

        var error = Assert.Throws<InvalidOperationException>(() => new DeviceSampler(new SamplingSettings(temperature, 0.9, 0, 1)).Next(
            torch.tensor(logits, [2, Vocabulary]), [0, 1], Streams(2)));

        Assert.Contains("lower the learning rate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_that_grow_on_the_device_are_those_that_grow_on_the_processor()
    {
        var requests = Enumerable.Range(0, 12).Select(i => new GenerationRequest(
            SmallModels.Tokens(1 + (3 * i), i), [.. Enumerable.Range(0, 1 + (i % 4)).Select(answer => new RandomStream(3, "test", i, answer))]));
        var settings = new SamplingSettings(0.9, 0.95, 0, 15);
        var stops = new HashSet<int> { 7, 19 };

        var expected = Write(onDevice: false);
        var found = Write(onDevice: true);

        Assert.Equal(expected, found);
        Assert.Contains(expected, ids => ids.Length < 15);   // rows left while others grew
        Assert.Contains(expected, ids => ids.Length == 15);

        List<int[]> Write(bool onDevice) => [.. new SEAS.Training.Engine.Generation.Generator(SmallModels.Untied, onDevice)
            .Generate([.. requests], settings, stops, default).SelectMany(answers => answers.Select(answer => answer.Ids))];
    }

    [Fact]
    public void A_stream_can_be_looked_into_and_skipped()
    {
        var (one, other) = (new RandomStream(1, "peek"), new RandomStream(1, "peek"));
        var ahead = new double[5];
        one.Peek(ahead);
        Assert.Equal(ahead, Enumerable.Range(0, 5).Select(_ => other.NextDouble()));
        one.Skip(5);
        Assert.Equal(other.NextDouble(), one.NextDouble());
    }

    private static float[] Logits(int rows, int step)
    {
        var stream = new RandomStream(2, "logits", step);
        return [.. Enumerable.Range(0, rows * Vocabulary).Select(i => (float)(stream.NextDouble() * (1 + (i / Vocabulary % 9))))];
    }

    private static List<RandomStream> Streams(int count) => [.. Enumerable.Range(0, count).Select(i => new RandomStream(4, "rows", i))];
}
