using SEAS.Tests.Golden;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Objectives;

public sealed class AnswerScoresTests
{
    [Fact]
    public void Probabilities_of_one_half_and_two_quarters_score_as_arithmetic_says()
    {
        // Logits ln 2, 0, 0 give probabilities ½, ¼, ¼: entropy ½·ln 2 + 2·¼·ln 4 = 1.5·ln 2; mean logit ln 2 / 3.
        using var scope = NewDisposeScope();
        var ln2 = MathF.Log(2);
        var logits = tensor([ln2, 0f, 0f, ln2, 0f, 0f], [2, 3]);

        var scores = AnswerScores.FromLogits(logits, tensor([0L, 2L]));

        Assert.Equal([-ln2, -2 * ln2], scores.LogProbs.data<float>().ToArray(), Near);
        Assert.Equal([1f, 0f], scores.Correct.data<float>().ToArray());
        Assert.Equal([1.5f * ln2, 1.5f * ln2], scores.Entropies.data<float>().ToArray(), Near);
        Assert.Equal([ln2 / 3, ln2 / 3], scores.MeanLogits.data<float>().ToArray(), Near);
    }

    [Fact]
    public void Log_probabilities_of_a_sequence_are_the_sums_of_its_own_tokens()
    {
        using var scope = NewDisposeScope();

        var sums = SequenceLogProbs.Sum(tensor([-1f, -2f, -4f, -8f]), tensor([0L, 2L, 0L, 2L]), count: 3);

        Assert.Equal([-5f, 0f, -10f], sums.data<float>().ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Chunks_change_nothing(int chunk)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModel.Build(tied: true, seed: 100);
        using var batch = Pairs();

        var whole = AnswerScores.Of(model, batch);
        var chunked = AnswerScores.Of(model, batch, chunk);

        Assert.Equal(whole.LogProbs.detach().data<float>().ToArray(), chunked.LogProbs.detach().data<float>().ToArray(), Near);
        Assert.Equal(whole.Entropies.data<float>().ToArray(), chunked.Entropies.data<float>().ToArray(), Near);
    }

    [Fact]
    public void A_shared_prompt_scores_like_two_whole_sequences()
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModel.Build(tied: true, seed: 100);
        using var shared = Pairs();
        using var alone = PackedBatch.FromTrees(
            [.. GoldenModel.Examples().Pairs.SelectMany(pair => new (int[], IReadOnlyList<int[]>)[]
            {
                (pair.Prompt, [pair.Chosen]), (pair.Prompt, [pair.Rejected]),
            })],
            CPU);

        var once = AnswerScores.LogProbsOf(model, shared).detach().data<float>().ToArray();
        var twice = AnswerScores.LogProbsOf(model, alone).detach().data<float>().ToArray();

        Assert.Equal(twice, once, Near);
    }

    [Fact]
    public void Neighbours_of_one_length_score_as_they_do_alone()
    {
        // Two pairs of one shape, a pair of another shape and the same length, two plain rows of that length, and one of another.
        (int Prompt, int[] Answers)[] shapes = [(6, [3, 5]), (6, [3, 5]), (4, [6, 4]), (5, [8]), (2, [11]), (5, [3])];
        var numbers = new GoldenNumbers(9);
        var trees = shapes.Select(shape => (
            numbers.Tokens(shape.Prompt), (IReadOnlyList<int[]>)[.. shape.Answers.Select(length => numbers.Tokens(length))])).ToList();
        using var scope = NewDisposeScope();
        using var model = GoldenModel.Build(tied: true, seed: 100);

        var together = Scores(trees);
        var alone = trees.SelectMany(tree => Scores([tree])).ToArray();

        Assert.Equal(alone, together, Near);

        float[] Scores(IReadOnlyList<(int[] Prompt, IReadOnlyList<int[]> Answers)> some)
        {
            using var batch = PackedBatch.FromTrees([.. some.Select(tree => (tree.Prompt, tree.Answers))], CPU);
            return AnswerScores.LogProbsOf(model, batch).detach().data<float>().ToArray();
        }
    }

    [Fact]
    public void Scoring_leaves_its_results_and_nothing_else_in_the_scope()
    {
        using var model = GoldenModel.Build(tied: true, seed: 100);
        using var batch = Pairs();
        using var scope = NewDisposeScope();

        _ = AnswerScores.Of(model, batch, chunk: 6);

        Assert.Equal(4, scope.DisposablesCount);
    }

    [Fact]
    public void Nothing_assumes_the_processor()
    {
        // A meta tensor has a device and a shape but no numbers; one operation that mixes it with a tensor elsewhere, and torch refuses.
        using var scope = NewDisposeScope();
        var logits = empty(7, 64, dtype: float32, device: META);

        var scores = AnswerScores.FromLogits(logits, empty(7, dtype: int64, device: META));
        var answers = SequenceLogProbs.Sum(scores.LogProbs, empty(7, dtype: int64, device: META), 2);
        var loss = NextTokenLoss.Forward(answers, ones_like(answers), totalWeight: 7);

        Assert.Equal(DeviceType.META, loss.device_type);
        Assert.Equal(DeviceType.META, scores.Entropies.device_type);
    }

    private static PackedBatch Pairs(Device? device = null) => PackedBatch.FromTrees(
        [.. GoldenModel.Examples().Pairs.Select(pair => (pair.Prompt, (IReadOnlyList<int[]>)[pair.Chosen, pair.Rejected]))], device ?? CPU);

    private static bool Near(float a, float b) => Math.Abs(a - b) <= 1e-5f * Math.Max(1, Math.Abs(a));
}
