using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Torch;
using TorchSharp;

namespace SEAS.Tests.Engine.Models;

public sealed class LlamaModelTests
{
    public static TheoryData<bool> Both => [true, false];

    [Theory]
    [MemberData(nameof(Both))]
    public void A_packed_row_gets_what_it_gets_alone(bool tied)
    {
        var model = tied ? SmallModels.Tied : SmallModels.Untied;
        int[][] rows = [SmallModels.Tokens(9, 0), SmallModels.Tokens(1, 1), SmallModels.Tokens(17, 2)];
        using var scope = torch.NewDisposeScope();
        using var batch = PackedBatch.FromRows(rows, torch.CPU);

        var together = SmallModels.Rows(model.Logits(model.Hidden(batch)));

        var alone = rows.SelectMany(row => SmallModels.LogitsAlone(model, row)).ToArray();
        for (var token = 0; token < alone.Length; token++)
        {
            SmallModels.AssertClose(alone[token], together[token]);
        }
    }

    [Fact]
    public void A_branch_of_a_tree_gets_what_the_whole_sequence_gets_alone()
    {
        var model = SmallModels.Untied;
        var (prompt, chosen, rejected) = (SmallModels.Tokens(6, 3), SmallModels.Tokens(8, 4), SmallModels.Tokens(5, 5));
        using var scope = torch.NewDisposeScope();
        using var batch = PackedBatch.FromTrees([(prompt, [chosen, rejected])], torch.CPU);

        var predicted = SmallModels.Rows(model.Logits(model.Hidden(batch, batch.AnswerPositions)));

        var first = SmallModels.LogitsAlone(model, [.. prompt, .. chosen])[5..^1];
        var second = SmallModels.LogitsAlone(model, [.. prompt, .. rejected])[5..^1];
        float[][] expected = [.. first, .. second];
        Assert.Equal(expected.Length, predicted.Length);
        for (var token = 0; token < expected.Length; token++)
        {
            SmallModels.AssertClose(expected[token], predicted[token], 1e-4);
        }
    }

    [Fact]
    public void A_prompts_gradient_is_the_sum_over_its_branches()
    {
        var model = SmallModels.Untied;
        var (prompt, chosen, rejected) = (SmallModels.Tokens(6, 3), SmallModels.Tokens(8, 4), SmallModels.Tokens(5, 5));

        var shared = Gradients([(prompt, [chosen, rejected])]);
        var apart = Gradients([(prompt, [chosen]), (prompt, [rejected])]);

        for (var i = 0; i < shared.Length; i++)
        {
            var greatest = apart[i].Max(Math.Abs);
            SmallModels.AssertClose(apart[i], shared[i], 1e-4 * Math.Max(1, greatest));
        }

        float[][] Gradients((int[], IReadOnlyList<int[]>)[] trees)
        {
            using var scope = torch.NewDisposeScope();
            using var batch = PackedBatch.FromTrees(trees, torch.CPU);
            var logits = model.Logits(model.Hidden(batch, batch.AnswerPositions));
            var loss = torch.nn.functional.cross_entropy(logits, batch.AnswerTargets, reduction: torch.nn.Reduction.Sum);
            return [.. torch.autograd.grad([loss], Weights(model)).Select(gradient => gradient.contiguous().data<float>().ToArray())];
        }
    }

    [Fact]
    public void Asking_for_some_rows_gives_those_of_all_rows()
    {
        using var scope = torch.NewDisposeScope();
        using var batch = PackedBatch.FromRows([SmallModels.Tokens(9, 0), SmallModels.Tokens(4, 1)], torch.CPU);

        var all = SmallModels.Rows(SmallModels.Tied.Hidden(batch));
        var some = SmallModels.Rows(SmallModels.Tied.Hidden(batch, torch.tensor([11L, 2L, 2L])));

        SmallModels.AssertClose([.. all[11], .. all[2], .. all[2]], [.. some.SelectMany(row => row)]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_a_clone_shares_nothing()
    {
        using var again = LlamaModel.Random(SmallModels.Config, 7, torch.CPU);
        using var clone = again.Clone();
        using var scope = torch.NewDisposeScope();
        using var inference = torch.no_grad();
        again.Parameters[0].Value.fill_(0);

        for (var i = 0; i < clone.Parameters.Count; i++)
        {
            Assert.Equal(SmallModels.Tied.Parameters[i].Value.data<float>().ToArray(), clone.Parameters[i].Value.data<float>().ToArray());
        }
    }

    [Fact]
    public void A_sequence_longer_than_the_context_is_refused_with_both_lengths()
    {
        using var scope = torch.NewDisposeScope();
        using var batch = PackedBatch.FromRows([SmallModels.Tokens(65, 0)], torch.CPU);

        var error = Assert.Throws<ArgumentException>(() => SmallModels.Tied.Hidden(batch));

        Assert.Contains("65 tokens", error.Message, StringComparison.Ordinal);
        Assert.Contains("64 positions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_assumes_the_processor()
    {
        // The meta device computes shapes and nothing else, and refuses to meet a tensor of another device.
        using var scope = torch.NewDisposeScope();
        using var model = LlamaModel.Random(SmallModels.Config, 0, torch.META);
        using var batch = PackedBatch.FromTrees([(SmallModels.Tokens(6, 3), [SmallModels.Tokens(8, 4), SmallModels.Tokens(5, 5)])],
            torch.META);

        var logits = model.Logits(model.Hidden(batch, batch.AnswerPositions));
        var gradients = torch.autograd.grad([logits.sum()], Weights(model));

        Assert.Equal(DeviceType.META, logits.device_type);
        Assert.Equal([13, 50], logits.shape);
        Assert.All(gradients, gradient => Assert.Equal(DeviceType.META, gradient.device_type));
    }

    private static torch.Tensor[] Weights(LlamaModel model) => [.. model.Parameters.Select(parameter => (torch.Tensor)parameter.Value)];
}
