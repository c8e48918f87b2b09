using SEAS.Data.Contracts;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Objectives;
using SEAS.Training.Engine.Recipes;
using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Tests.Golden;

/// <summary>Logits, losses and every gradient, to 1e-5 of what PyTorch computes.</summary>
public sealed class ObjectivesAgreeWithPyTorch
{
    [Theory]
    [InlineData("tied")]
    [InlineData("untied")]
    public void Logits_of_packed_rows(string kind)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModel.Build(kind == "tied", seed: 100);
        var rows = GoldenModel.Examples().Rows.Take(2).Select(row => (int[])[.. row.Prompt, .. row.Answer]).ToList();
        using var batch = PackedBatch.FromRows(rows, CPU);

        var logits = model.Logits(model.Hidden(batch));

        GoldenFile.AssertClose($"{kind}/logits", logits.detach().data<float>().ToArray());
    }

    [Theory]
    [InlineData("tied")]
    [InlineData("untied")]
    public void Next_token_loss_and_every_gradient(string kind)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModel.Build(kind == "tied", seed: 100);
        var rows = GoldenModel.Examples().Rows;
        using var batch = PackedBatch.FromTrees([.. rows.Select(row => (row.Prompt, (IReadOnlyList<int[]>)[row.Answer]))], CPU);

        var scores = AnswerScores.Of(model, batch, chunk: 5);
        var weights = rows.SelectMany((row, i) => Enumerable.Repeat((float)row.Weight, batch.AnswerLengths[i])).ToArray();
        var loss = NextTokenLoss.Forward(scores.LogProbs, tensor(weights), weights.Sum());

        GoldenFile.AssertClose($"{kind}/sft/loss", [loss.item<float>()]);
        AssertGradients($"{kind}/sft/gradient", model, loss);
    }

    [Theory]
    [InlineData("tied", PreferenceLoss.Sigmoid, "dpo")]
    [InlineData("untied", PreferenceLoss.Sigmoid, "dpo")]
    [InlineData("tied", PreferenceLoss.Ipo, "ipo")]
    [InlineData("untied", PreferenceLoss.Ipo, "ipo")]
    public void Preference_loss_and_every_gradient(string kind, PreferenceLoss loss, string name)
    {
        using var scope = NewDisposeScope();
        using var model = GoldenModel.Build(kind == "tied", seed: 100);
        using var reference = GoldenModel.Build(kind == "tied", seed: 200);
        var pairs = GoldenModel.Examples().Pairs;
        using var batch = PackedBatch.FromTrees(
            [.. pairs.Select(pair => (pair.Prompt, (IReadOnlyList<int[]>)[pair.Chosen, pair.Rejected]))], CPU);

        IPreferenceLoss objective = loss == PreferenceLoss.Ipo ? new IpoLoss(0.3) : new DpoLoss(beta: 0.3, flipped: 0.1);
        PairLogProbs frozen;
        using (no_grad())
        {
            frozen = Pairs(reference);
        }

        var result = objective.Forward(Pairs(model), frozen);

        GoldenFile.AssertClose($"{kind}/{name}/losses", result.PerPair.detach().data<float>().ToArray());
        AssertGradients($"{kind}/{name}/gradient", model, result.Loss);

        PairLogProbs Pairs(LlamaModel of)
        {
            var sums = SequenceLogProbs.Sum(AnswerScores.LogProbsOf(of, batch), batch.AnswerBranches, 2 * pairs.Count).view(-1, 2);
            var both = new PairLogProbs(sums.select(1, 0), sums.select(1, 1));
            return objective.PerToken
                ? both.PerToken(Lengths(pair => pair.Chosen), Lengths(pair => pair.Rejected))
                : both;

            Tensor Lengths(Func<PreferenceExample, int[]> answer) => tensor([.. pairs.Select(pair => (float)answer(pair).Length)]);
        }
    }

    internal static void AssertGradients(string prefix, LlamaModel model, Tensor loss)
    {
        var gradients = autograd.grad([loss], [.. model.Parameters.Select(parameter => (Tensor)parameter.Value)]);
        Assert.Equal(model.Parameters.Count, gradients.Count);
        Assert.All(
            model.Parameters.Zip(gradients),
            pair => GoldenFile.AssertClose($"{prefix}/{pair.First.Name}", pair.Second.data<float>().ToArray()));
    }
}
