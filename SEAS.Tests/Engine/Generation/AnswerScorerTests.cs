using SEAS.Tests.Engine.Models;
using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using TorchSharp;

namespace SEAS.Tests.Engine.Generation;

public sealed class AnswerScorerTests
{
    private static readonly int[] s_prefix = SmallModels.Tokens(21, 0);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_shared_prefix_changes_no_probability(bool tied)
    {
        var model = tied ? SmallModels.Tied : SmallModels.Untied;
        var texts = Enumerable.Range(0, 30).Select(i => SmallModels.Tokens(1 + (i * 7 % 40), i)).ToArray();

        var found = Score(model, s_prefix, texts);

        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(Expected(model, [.. s_prefix, .. texts[i]]), found[i], 1e-4);
        }
    }

    [Fact]
    public void More_texts_than_fit_into_one_pass_keep_their_order()
    {
        var texts = Enumerable.Range(0, 120).Select(i => SmallModels.Tokens(1 + (i * 11 % 40), i)).ToArray();
        var found = Score(SmallModels.Untied, s_prefix, texts);

        foreach (var i in (int[])[0, 50, 119])
        {
            Assert.Equal(Score(SmallModels.Untied, s_prefix, [texts[i]])[0], found[i], 1e-5);
        }
    }

    [Fact]
    public void Without_a_prefix_the_texts_stand_alone() =>
        Assert.Equal(Expected(SmallModels.Untied, s_prefix), Score(SmallModels.Untied, [], [s_prefix])[0], 1e-4);

    [Fact]
    public void An_empty_text_asks_what_follows_the_prefix()
    {
        var found = Score(SmallModels.Untied, s_prefix, [[], [7, 8]]);

        Assert.Equal(Expected(SmallModels.Untied, s_prefix), found[0], 1e-4);
        Assert.Equal(Expected(SmallModels.Untied, [.. s_prefix, 7, 8]), found[1], 1e-4);
        Assert.Throws<ArgumentException>(() => Score(SmallModels.Untied, [], [[]]));
        Assert.Empty(Score(SmallModels.Untied, s_prefix, []));
    }

    [Fact]
    public void The_two_probabilities_sum_to_one()
    {
        var model = SmallModels.Untied;
        var one = new AnswerScorer(model).ProbabilityOfFirst(s_prefix, [[3]], 4, 9, CancellationToken.None)[0];
        var other = new AnswerScorer(model).ProbabilityOfFirst(s_prefix, [[3]], 9, 4, CancellationToken.None)[0];

        Assert.Equal(1, one + other, 1e-12);
    }

    [Fact]
    public void A_cancelled_call_stops() =>
        Assert.Throws<OperationCanceledException>(
            () => new AnswerScorer(SmallModels.Tied).ProbabilityOfFirst(s_prefix, [[3]], 4, 9, new CancellationToken(canceled: true)));

    private static double[] Score(LlamaModel model, int[] prefix, int[][] texts) =>
        new AnswerScorer(model).ProbabilityOfFirst(prefix, texts, 4, 9, CancellationToken.None);

    private static double Expected(LlamaModel model, int[] sequence)
    {
        var logits = SmallModels.LogitsAlone(model, sequence)[^1];
        return Math.Exp(logits[4]) / (Math.Exp(logits[4]) + Math.Exp(logits[9]));
    }
}
