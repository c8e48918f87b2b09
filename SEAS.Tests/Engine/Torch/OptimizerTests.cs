using SEAS.Training.Engine.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SEAS.Tests.Engine.Torch;

[Collection(LiveTensors.Alone)]
public sealed class OptimizerTests
{
    [Fact]
    public void The_first_step_of_AdamW_moves_each_weight_by_the_rate_after_the_decay()
    {
        // m = 0.1 g, v = 0.001 g²; corrected: m = g, v = g²; so the step is rate · g / (|g| + eps), whatever the size of g.
        using var scope = NewDisposeScope();
        var weight = nn.Parameter(tensor(new[] { 1f, -2f, 3f }));
        using var adam = new FusedAdamW([weight], 0.9, 0.999, 1e-8, weightDecay: 0.5);
        (weight * tensor(new[] { 10f, -0.5f, 2f })).sum().backward();
        adam.Step(0.1);
        Near([(1 * 0.95) - 0.1, (-2 * 0.95) + 0.1, (3 * 0.95) - 0.1], weight);
    }

    [Fact]
    public void Ten_steps_of_AdamW_are_those_of_the_paper()
    {
        const double Rate = 0.01, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-6, Decay = 0.1;
        const int Count = 40_000;
        using var scope = NewDisposeScope();
        var start = Enumerable.Range(0, Count).Select(i => (float)Math.Sin(i)).ToArray();
        var weight = nn.Parameter(tensor(start));
        using var adam = new FusedAdamW([weight], Beta1, Beta2, Epsilon, Decay);
        double[] expected = [.. start.Select(number => (double)number)], m = new double[Count], v = new double[Count];
        for (var step = 1; step <= 10; step++)
        {
            adam.ForgetGradients();
            (weight * weight * (0.5 * step)).sum().backward();   // the gradient is step · weight
            adam.Step(Rate);
            for (var i = 0; i < Count; i++)
            {
                var gradient = step * expected[i];
                m[i] = (Beta1 * m[i]) + ((1 - Beta1) * gradient);
                v[i] = (Beta2 * v[i]) + ((1 - Beta2) * gradient * gradient);
                var size = m[i] / (1 - Math.Pow(Beta1, step)) / (Math.Sqrt(v[i] / (1 - Math.Pow(Beta2, step))) + Epsilon);
                expected[i] = (expected[i] * (1 - (Rate * Decay))) - (Rate * size);
            }
        }

        Near(expected, weight, 2e-5);
    }

    [Fact]
    public void A_parameter_without_a_gradient_keeps_its_weights_and_its_count_of_steps()
    {
        using var scope = NewDisposeScope();
        var (moved, left) = (nn.Parameter(ones(1)), nn.Parameter(ones(1)));
        using var adam = new FusedAdamW([moved, left], 0.9, 0.999, 1e-8, 0.5);
        moved.sum().backward();
        adam.Step(0.1);
        Near([0.85], moved);
        Near([1], left);

        // Its first step comes later, and is a first step: the rate, not a hundredth of it.
        adam.ForgetGradients();
        left.sum().backward();
        adam.Step(0.1);
        Near([0.85], moved);
        Near([0.85], left);
    }

    [Fact]
    public void Training_a_small_regression_leaves_no_more_tensors_than_its_first_step()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var x = randn(64, 3);
        var truth = x.mm(tensor(new[] { 1f, -2f, 0.5f }, [3, 1]));
        var weight = nn.Parameter(zeros(3, 1));
        using var adam = new FusedAdamW([weight], 0.9, 0.999, 1e-8, 0.01);
        double loss = Step();
        var afterOne = Tensor.TotalCount;
        for (var i = 0; i < 300; i++)
        {
            loss = Step();
        }

        Assert.Equal(afterOne, Tensor.TotalCount);
        Assert.True(loss < 1e-3, $"loss {loss}");

        double Step()
        {
            using var inner = NewDisposeScope();
            adam.ForgetGradients();
            var error = nn.functional.mse_loss(x.mm(weight), truth);
            error.backward();
            nn.utils.clip_grad_norm_([weight], 1.0);
            adam.Step(0.05);
            return error.item<float>();
        }
    }

    [Fact]
    public void Clipping_scales_all_gradients_to_the_common_norm()
    {
        using var scope = NewDisposeScope();
        var (a, b, unused) = (nn.Parameter(zeros(1)), nn.Parameter(zeros(1)), nn.Parameter(zeros(1)));
        ((a * 3) + (b * -4)).sum().backward();
        Assert.Equal(5.0, nn.utils.clip_grad_norm_([a, b, unused], 10.0), 5);
        Assert.Equal(5.0, nn.utils.clip_grad_norm_([a, b, unused], 1.0), 5);
        Assert.Equal(1.0, nn.utils.clip_grad_norm_([a, b, unused], 1.0), 5);
        Assert.Equal(0.0, nn.utils.clip_grad_norm_([unused], 1.0));
    }

    private static void Near(double[] expected, Tensor found, double tolerance = 1e-6)
    {
        var numbers = found.type(float64).data<double>().ToArray();
        var furthest = expected.Zip(numbers, (wanted, is_) => Math.Abs(wanted - is_) / Math.Max(1, Math.Abs(wanted))).Max();
        Assert.True(expected.Length == numbers.Length && furthest <= tolerance, $"off by {furthest:E2}");
    }
}
