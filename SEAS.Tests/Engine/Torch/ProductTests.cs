using SEAS.Training.Engine.Devices;
using TorchSharp;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Torch;

/// <summary>Products may run on kernels that libtorch would not have chosen (MatrixKernels), so they are held against plain sums.</summary>
public sealed class ProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 688, 256)]
    [InlineData(5, 2048, 256)]
    [InlineData(63, 65, 64)]
    [InlineData(64, 64, 64)]
    [InlineData(300, 70, 33)]
    [InlineData(257, 129, 513)]
    public void Every_form_of_a_product_is_the_sum_that_defines_it(long rows, long columns, long inner)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var left = randn(rows, inner);
        var right = randn(inner, columns);
        var exact = left.@double().unsqueeze(2).mul(right.@double().unsqueeze(0)).sum(1);   // no matrix product in here
        foreach (var a in new[] { left, left.t().contiguous().t() })
        {
            foreach (var b in new[] { right, right.t().contiguous().t() })
            {
                Assert.True(a.mm(b).@double().allclose(exact, rtol: 1e-4, atol: 1e-4));
                Assert.True(zeros(rows, columns).addmm(a, b, beta: 0, alpha: 2).@double().allclose(exact * 2, rtol: 1e-4, atol: 2e-4));
                Assert.True(ones(rows, columns).addmm(a, b, beta: 3, alpha: 1).@double().allclose(exact + 3, rtol: 1e-4, atol: 1e-4));
            }
        }
    }

    [Fact]
    public void A_product_over_nothing_is_zero()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0f, zeros(500, 0).mm(zeros(0, 600)).abs().sum().item<float>());
        Assert.Equal([0, 600], zeros(0, 500).mm(zeros(500, 600)).shape);
    }

    [Fact]
    public void The_same_product_twice_is_the_same_to_the_last_bit()
    {
        using var scope = NewDisposeScope();
        var (left, right) = (randn(320, 688), randn(688, 256));
        Assert.Equal(left.mm(right).data<float>().ToArray(), left.mm(right).data<float>().ToArray());
    }

    [Fact]
    public void What_runs_beneath_can_be_told()
    {
        var runtime = TorchRuntime.Current;
        Assert.StartsWith("2.", runtime.Version, StringComparison.Ordinal);
        Assert.True(runtime.Threads > 0);
        Assert.NotEmpty(runtime.Waiting);
        Assert.NotEmpty(runtime.Kernels);
        Assert.True(TorchRuntime.MeasureGigaflops(TimeSpan.FromMilliseconds(20)) > 0);
    }
}
