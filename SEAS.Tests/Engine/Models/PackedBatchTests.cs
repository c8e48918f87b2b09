using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Torch;
using TorchSharp;

namespace SEAS.Tests.Engine.Models;

public sealed class PackedBatchTests
{
    [Fact]
    public void Sequences_stand_one_after_the_other_and_predict_their_next_tokens()
    {
        using var batch = PackedBatch.FromRows([[5, 6, 7], [8, 9]], torch.CPU);

        Assert.Equal([5, 6, 7, 8, 9], Numbers(batch.Ids));
        Assert.Equal([0, 1, 2, 0, 1], Numbers(batch.Positions));
        Assert.Equal([0, 1, 3], Numbers(batch.AnswerPositions));
        Assert.Equal([6, 7, 9], Numbers(batch.AnswerTargets));
        Assert.Equal([0, 0, 1], Numbers(batch.AnswerBranches));
        Assert.Equal(3, batch.Length);
    }

    [Fact]
    public void A_tree_holds_its_prompt_once_and_both_answers_continue_its_positions()
    {
        using var batch = PackedBatch.FromTrees([([1, 2], [[3, 4, 5], [6, 7]])], torch.CPU);

        Assert.Equal([1, 2, 3, 4, 6], Numbers(batch.Ids));
        Assert.Equal([0, 1, 2, 3, 2], Numbers(batch.Positions));
        Assert.Equal([1, 2, 3, 1, 4], Numbers(batch.AnswerPositions));
        Assert.Equal([3, 4, 5, 6, 7], Numbers(batch.AnswerTargets));
        Assert.Equal([0, 0, 0, 1, 1], Numbers(batch.AnswerBranches));
        Assert.Equal([3, 2], batch.AnswerLengths);
    }

    [Fact]
    public void An_empty_prompt_leaves_the_first_answer_token_unpredicted()
    {
        using var batch = PackedBatch.FromTrees([([], [[3, 4, 5]])], torch.CPU);

        Assert.Equal([3, 4], Numbers(batch.Ids));
        Assert.Equal([0, 1], Numbers(batch.AnswerPositions));
        Assert.Equal([4, 5], Numbers(batch.AnswerTargets));
    }

    [Fact]
    public void A_row_without_tokens_is_left_out_but_keeps_its_number()
    {
        using var batch = PackedBatch.FromTrees([([], [[3]]), ([1], [[4]])], torch.CPU);

        Assert.Equal([1], Numbers(batch.Ids));
        Assert.Equal([1], Numbers(batch.AnswerBranches));
        Assert.Equal([0, 1], batch.AnswerLengths);
        Assert.Single(batch.Rows);
    }

    [Fact]
    public void A_branch_sees_its_prompt_and_itself_and_nothing_else()
    {
        var bias = new PackedRow(0, 1, [2, 1]).Bias();

        const float No = float.NegativeInfinity;
        Assert.Equal(
            [
                0, No, No, No,
                0, 0, No, No,
                0, 0, 0, No,
                0, No, No, 0,
            ],
            bias);
    }

    private static long[] Numbers(torch.Tensor tensor) => tensor.data<long>().ToArray();
}
