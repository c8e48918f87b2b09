using SEAS.Training.Engine.Randomness;
using SEAS.Training.Engine.Torch;
using SEAS.Web.Live;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Torch;

/// <summary>A bfloat16 weight with what its rounding leaves out beside it.</summary>
public sealed class SplitWeightTests
{
    [Fact]
    public void What_is_written_is_read_to_the_last_bit_and_the_weight_is_it_rounded()
    {
        using var scope = NewDisposeScope();
        float[] numbers = [0, -0f, 1, -1, 0.1f, -0.1f, 1e-30f, -3e-39f, 3.3e38f, 1 + (1f / 256), -1 - (1f / 256), 1 - 1e-7f, .. Some(5000)];
        var weight = nn.Parameter(zeros(numbers.Length, dtype: bfloat16));
        using var split = new SplitWeight(weight);

        split.Write(0, tensor(numbers));

        Assert.Equal(Bits(numbers), Bits(Numbers(split.Read(0, numbers.Length))));
        Assert.Equal(Bits([.. numbers.Select(Rounded)]), Bits(Numbers(weight)));
    }

    [Fact]
    public void At_first_it_is_the_weight_itself_and_a_piece_is_a_piece()
    {
        using var scope = NewDisposeScope();
        var weight = nn.Parameter(tensor(Some(12), [3, 4]).type(bfloat16));
        using var split = new SplitWeight(weight);

        Assert.Equal(Numbers(weight), Numbers(split.Read(0, 12)));
        split.Write(5, tensor(new[] { 7.0001f, 8.0001f }));

        Assert.Equal([7.0001f, 8.0001f], Numbers(split.Read(5, 2)));
        Assert.Equal([7f, 8f], Numbers(weight)[5..7]);
        Assert.Equal(Numbers(weight)[..5], Numbers(split.Read(0, 5)));
    }

    [Fact]
    public void AdamW_on_it_takes_the_steps_of_float32()
    {
        // The gradients are given, so that both see the same ones: what differs is how the weight is kept.
        const int Count = 3000;
        using var scope = NewDisposeScope();
        var start = tensor(Some(Count)).type(bfloat16);
        var (half, whole) = (nn.Parameter(start.clone()), nn.Parameter(start.type(float32)));
        using var one = new FusedAdamW([half], 0.9, 0.999, 1e-8, 0.01);
        using var other = new FusedAdamW([whole], 0.9, 0.999, 1e-8, 0.01);
        for (var step = 0; step < 200; step++)
        {
            var gradient = tensor(Some(Count, step)).type(bfloat16);
            half.grad = gradient;
            whole.grad = gradient.type(float32);
            one.Step(1e-6);
            other.Step(1e-6);
        }

        var expected = Numbers(whole).Select(Rounded).ToArray();
        var found = Numbers(half);
        Assert.InRange(found.Zip(expected).Count(pair => pair.First != pair.Second), 0, 3);   // next to a middle, by float32's own rounding
        Assert.Contains(found.Zip(Numbers(start)), pair => pair.First != pair.Second);
    }

    [Fact]
    public void The_norm_of_bfloat16_gradients_is_added_up_in_float32()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (nn.Parameter(zeros(3, dtype: bfloat16)), nn.Parameter(zeros(2)));
        a.grad = tensor(new[] { 1f, 2f, 4f }).type(bfloat16);
        b.grad = tensor(new[] { 10f, 0.5f });

        Assert.Equal(Math.Sqrt(1 + 4 + 16 + 100 + 0.25), GradientNorm.Of([a, b]).item<float>(), 5);
        GradientNorm.Scale([a, b], GradientNorm.Factor(11.01136f, 1));
        Assert.Equal(1, GradientNorm.Of([a, b]).item<float>(), 2);
        Assert.Equal(1, GradientNorm.Factor(0.5f, 1));
        Assert.Equal(0.5, GradientNorm.Factor(2, 1), 5);
        Assert.Equal(1, GradientNorm.Factor(7, double.PositiveInfinity));
    }

    // To the nearest, halves away from zero: half a place is added to the bits, and the lower half dropped.
    private static float Rounded(float number) =>
        BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(number) + 0x8000) & 0xFFFF0000);

    private static int[] Bits(float[] numbers) => [.. numbers.Select(BitConverter.SingleToInt32Bits)];

    private static float[] Numbers(Tensor tensor) => tensor.detach().type(float32).data<float>().ToArray();

    private static float[] Some(int count, long index = 0)
    {
        var stream = new RandomStream(1, "tests/weights", index);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(stream.NextDouble() - 0.5))];
    }
}
