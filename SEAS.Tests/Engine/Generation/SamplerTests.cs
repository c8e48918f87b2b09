using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Randomness;

namespace SEAS.Tests.Engine.Generation;

public sealed class SamplerTests
{
    // Probabilities 0.5, 0.25, 0.15, 0.1 at temperature 1.
    private static readonly float[] s_logits = [.. ((double[])[0.15, 0.5, 0.1, 0.25]).Select(p => (float)Math.Log(p))];

    [Fact]
    public void Temperature_zero_takes_the_most_probable_and_the_first_of_equals()
    {
        var sampler = new Sampler(SamplingSettings.Greedy(1), 4);

        Assert.Equal(1, sampler.Next(s_logits, Stream(0)));
        Assert.Equal(2, sampler.Next([0, 1, 3, 3], Stream(0)));
    }

    [Theory]
    [InlineData(1.0, 0, new[] { 0.15, 0.5, 0.1, 0.25 })]
    [InlineData(0.9, 0, new[] { 0.15, 0.5, 0.1, 0.25 })]      // before the last stand 0.9, which is not more than 0.9
    [InlineData(0.89, 0, new[] { 0.1667, 0.5556, 0, 0.2778 })]
    [InlineData(0.5, 0, new[] { 0, 0.6667, 0, 0.3333 })]
    [InlineData(0.49, 0, new[] { 0.0, 1, 0, 0 })]
    [InlineData(0.0, 0, new[] { 0.0, 1, 0, 0 })]
    [InlineData(1.0, 3, new[] { 0.1667, 0.5556, 0, 0.2778 })]
    [InlineData(1.0, 1, new[] { 0.0, 1, 0, 0 })]
    [InlineData(0.6, 2, new[] { 0.0, 1, 0, 0 })]              // of the two, the first alone weighs 0.667
    public void Kept_tokens_keep_their_proportions(double topP, int topK, double[] expected)
    {
        // 0.9 as a sum of float32 weights may fall on either side, so the bound itself is widened by a rounding error.
        var sampler = new Sampler(new SamplingSettings(1, topP is > 0 and < 1 ? topP + 1e-6 : topP, topK, 1), 4);
        var counts = new double[4];
        const int Draws = 40_000;
        for (var draw = 0; draw < Draws; draw++)
        {
            counts[sampler.Next(s_logits, Stream(draw))]++;
        }

        for (var token = 0; token < 4; token++)
        {
            var deviation = Math.Sqrt(expected[token] * (1 - expected[token]) / Draws);
            Assert.InRange(counts[token] / Draws, expected[token] - (4.5 * deviation) - 1e-4, expected[token] + (4.5 * deviation) + 1e-4);
        }
    }

    [Theory]
    [InlineData(0.05, 0)]
    [InlineData(0.4, 0)]
    [InlineData(0.9, 0)]
    [InlineData(1.0, 7)]
    [InlineData(0.7, 40)]
    public void Over_many_tokens_only_those_of_the_sorted_nucleus_come_and_all_of_them(double topP, int topK)
    {
        const int Vocabulary = 83;
        var stream = Stream(5);
        var logits = Enumerable.Range(0, Vocabulary).Select(_ => (float)(2 * stream.NextDouble())).ToArray();
        logits[11] = logits[70] = logits[40];   // ties
        var sampler = new Sampler(new SamplingSettings(0.8, topP, topK, 1), Vocabulary);

        HashSet<int> seen = [];
        for (var draw = 0; draw < 20_000; draw++)
        {
            seen.Add(sampler.Next(logits, Stream(draw)));
        }

        Assert.Equal(SortedNucleus(logits, 0.8, topP, topK), seen.Order());
    }

    [Fact]
    public void A_token_depends_on_its_own_stream_alone()
    {
        var shared = new Sampler(new SamplingSettings(1, 0.5, 0, 1), 4);
        for (var i = 0; i < 50; i++)
        {
            shared.Next([3, 2, 1, 0], Stream(1000 + i));
            Assert.Equal(new Sampler(new SamplingSettings(1, 0.5, 0, 1), 4).Next(s_logits, Stream(i)), shared.Next(s_logits, Stream(i)));
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Scores_that_are_not_numbers_stop_the_run_with_advice(float broken)
    {
        var logits = new float[40];
        logits[17] = broken;

        var error = Assert.Throws<InvalidOperationException>(() =>
            new Sampler(new SamplingSettings(1, 1, 0, 1), 40).Next(logits, Stream(0)));

        Assert.Contains("lower the learning rate", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_statistic_is_that_of_sorting()
    {
        var stream = Stream(9);
        for (var length = 1; length < 60; length++)
        {
            var numbers = Enumerable.Range(0, length).Select(_ => (float)stream.Next(20)).ToArray();
            var sorted = numbers.OrderDescending().ToArray();
            for (var rank = 1; rank <= length; rank++)
            {
                Assert.Equal(sorted[rank - 1], Selection.Greatest((float[])numbers.Clone(), rank));
            }
        }
    }

    private static IEnumerable<int> SortedNucleus(float[] logits, double temperature, double topP, int topK)
    {
        var weights = logits.Select(logit => Math.Exp(logit / temperature)).ToArray();
        var order = Enumerable.Range(0, logits.Length).OrderByDescending(i => logits[i]).ThenBy(i => i)
            .Take(topK > 0 ? topK : logits.Length).ToArray();
        var total = order.Sum(i => weights[i]);
        double before = 0;
        return order.TakeWhile(i =>
        {
            var kept = topP >= 1 || before <= topP * total;
            before += weights[i];
            return kept;
        }).Order();
    }

    private static RandomStream Stream(long index) => new(3, "tests/sampler", index);
}
