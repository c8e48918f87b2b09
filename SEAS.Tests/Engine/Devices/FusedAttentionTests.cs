using SEAS.Tests.Engine.Models;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Devices;

/// <summary>libtorch's one operator for attention, which a GPU takes, against the two products that the processor takes.</summary>
public sealed class FusedAttentionTests
{
    private static readonly LlamaConfig s_config = SmallModels.Config;   // two query heads share a key head

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sequences_mix_their_values_alike_with_every_gradient(bool masked)
    {
        // The causal rule as a bias that is read, and as one that the kernel knows.
        var bias = new PackedRow(0, 0, [7]).Bias();
        AssertSame(
            sequences: 3, length: 7, seen: 7, tensor(bias, [7, 7]).repeat(2, 1),
            (q, k, v, given) => FusedAttention.Mix(s_config, q, k, v, masked ? given : null, causal: !masked, ScalarType.Float32));
    }

    [Fact]
    public void Trees_whose_branches_do_not_see_each_other_mix_their_values_alike()
    {
        var one = tensor(new PackedRow(0, 3, [2, 4]).Bias(), [9, 9]).repeat(2, 1).unsqueeze(0).expand(2, -1, -1);
        var other = tensor(new PackedRow(0, 5, [1, 3]).Bias(), [9, 9]).repeat(2, 1).unsqueeze(0).expand(2, -1, -1);

        AssertSame(2, 9, 9, cat([one, other]), (q, k, v, bias) => FusedAttention.Mix(s_config, q, k, v, bias, false, ScalarType.Float32));
    }

    [Fact]
    public void A_last_token_sees_all_before_it() =>
        AssertSame(1, 1, 11, null, (q, k, v, _) => FusedAttention.Mix(s_config, q, k, v, null, false, ScalarType.Float32));

    [Fact]
    public void In_bfloat16_heads_stay_in_their_groups_and_numbers_differ_by_their_rounding()
    {
        using var scope = NewDisposeScope();
        var (q, k, v) = Numbers(3, 7, 7);
        var bias = tensor(new PackedRow(0, 0, [7]).Bias(), [7, 7]).repeat(2, 1);

        var expected = DotProductAttention.Folded(s_config, q, k, v, bias);
        var found = FusedAttention.Mix(s_config, q, k, v, null, causal: true, ScalarType.BFloat16);

        Assert.Equal(ScalarType.Float32, found.dtype);
        SmallModels.AssertClose(expected.detach().data<float>().ToArray(), found.detach().data<float>().ToArray(), 0.02);
    }

    [Fact]
    public void Only_CUDA_takes_it()
    {
        Assert.True(DotProductAttention.IsFused(DeviceType.CUDA));
        Assert.False(DotProductAttention.IsFused(DeviceType.CPU));
        Assert.False(DotProductAttention.IsFused(DeviceType.META));
    }

    private static void AssertSame(long sequences, long length, long seen, Tensor? bias, Func<Tensor, Tensor, Tensor, Tensor?, Tensor> fused)
    {
        using var scope = NewDisposeScope();
        var (q, k, v) = Numbers(sequences, length, seen);
        var weights = tensor(Some(sequences * length * 24, 9), [sequences * length, 24]);

        var expected = DotProductAttention.Folded(s_config, q, k, v, bias);
        var found = fused(q, k, v, bias);
        var gradients = autograd.grad([(expected * weights).sum()], [q, k, v]);
        var others = autograd.grad([(found * weights).sum()], [q, k, v]);

        SmallModels.AssertClose(Flat(expected), Flat(found), 1e-5);
        Assert.All(gradients.Zip(others), pair => SmallModels.AssertClose(Flat(pair.First), Flat(pair.Second), 1e-4));
        Assert.All(gradients, gradient => Assert.Contains(Flat(gradient), number => Math.Abs(number) > 0.001));
    }

    private static (Tensor Queries, Tensor Keys, Tensor Values) Numbers(long sequences, long length, long seen) => (
        tensor(Some(sequences * length * 24, 1), [sequences * length, 4, 6]).requires_grad_(),
        tensor(Some(sequences * 2 * 6 * seen, 2), [sequences * 2, 6, seen]).requires_grad_(),
        tensor(Some(sequences * 2 * 6 * seen, 3), [sequences * 2, seen, 6]).requires_grad_());

    private static float[] Some(long count, long index)
    {
        var stream = new RandomStream(1, "tests/attention", index);
        return [.. Enumerable.Range(0, (int)count).Select(_ => (float)((4 * stream.NextDouble()) - 2))];
    }

    private static float[] Flat(Tensor tensor) => tensor.detach().contiguous().data<float>().ToArray();
}
