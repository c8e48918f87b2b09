using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Torch;

/// <summary>AdamW in one pass over all parameters.</summary>
/// <remarks>
/// <para>Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2, by libtorch's own <c>_fused_adamw_</c>. TorchSharp's
/// <c>torch.optim.AdamW</c> is the same arithmetic as some ten operations for every parameter, and takes five times as long.</para>
/// <para>Both moments are float32, and so is the number that a step changes: for a bfloat16 parameter a <see cref="SplitWeight"/> holds what
/// the parameter cannot. Such a parameter takes 14 bytes a weight while it learns: 2 itself, 2 its gradient, 2 its lower half, 8 the
/// moments. A parameter without a gradient is left alone.</para>
/// </remarks>
internal sealed class FusedAdamW : IDisposable
{
    private static readonly StableCall s_step = new("aten::_fused_adamw_");

    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly SplitWeight?[] _split;   // of each parameter in bfloat16
    private readonly Tensor[] _first;         // running mean of each gradient
    private readonly Tensor[] _second;        // running mean of its square
    private readonly Tensor[] _steps;         // taken so far, of each parameter: () float32
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly double _weightDecay;

    /// <param name="parameters">What learns: each contiguous, float32 or bfloat16.</param>
    /// <param name="beta1">Share of the old mean that stays, in [0, 1).</param>
    /// <param name="beta2">Share of the old mean square that stays, in [0, 1).</param>
    /// <param name="epsilon">Added to the root, greater than 0.</param>
    /// <param name="weightDecay">Decay per unit of learning rate, 0 or more.</param>
    public FusedAdamW(IReadOnlyList<Parameter> parameters, double beta1, double beta2, double epsilon, double weightDecay)
    {
        using var off = no_grad();
        _parameters = parameters;
        _split = [.. parameters.Select(parameter => parameter.dtype == bfloat16 ? new SplitWeight(parameter) : null)];
        _first = [.. parameters.Select(Moment)];
        _second = [.. parameters.Select(Moment)];
        _steps = [.. parameters.Select(parameter => zeros([], float32, parameter.device).DetachFromDisposeScope())];
        (_beta1, _beta2, _epsilon, _weightDecay) = (beta1, beta2, epsilon, weightDecay);

        static Tensor Moment(Parameter parameter) => parameter.zeros_like(float32).DetachFromDisposeScope();
    }

    /// <summary>Takes one step with the gradients that the parameters hold.</summary>
    /// <param name="learningRate">0 or more.</param>
    public void Step(double learningRate)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        List<Tensor> parameters = [], gradients = [], first = [], second = [], steps = [];
        for (var i = 0; i < _parameters.Count; i++)
        {
            if (_parameters[i].grad is not { } gradient)
            {
                continue;
            }

            _ = _steps[i].add_(1);
            if (_split[i] is { } split)
            {
                StepInPieces(split, gradient.reshape(-1), i, learningRate);
                continue;
            }

            parameters.Add(_parameters[i]);
            gradients.Add(gradient);
            first.Add(_first[i]);
            second.Add(_second[i]);
            steps.Add(_steps[i]);
        }

        if (parameters.Count > 0)
        {
            Step(parameters, gradients, first, second, steps, learningRate);
        }
    }

    /// <summary>Everything that the next step depends on besides the gradients: the tensors themselves, to be read or filled in place.</summary>
    /// <param name="names">A name for each parameter, in their order.</param>
    public IEnumerable<(string Name, Tensor Value)> State(IReadOnlyList<string> names)
    {
        for (var i = 0; i < _parameters.Count; i++)
        {
            yield return ($"weight/{names[i]}", _parameters[i]);
            yield return ($"first/{names[i]}", _first[i]);
            yield return ($"second/{names[i]}", _second[i]);
            yield return ($"steps/{names[i]}", _steps[i]);
            if (_split[i] is { } split)
            {
                yield return ($"lower/{names[i]}", split.Lower);
            }
        }
    }

    /// <summary>Forgets all gradients.</summary>
    public void ForgetGradients()
    {
        foreach (var parameter in _parameters)
        {
            parameter.grad = null;
        }
    }

    /// <summary>Frees the moments and what bfloat16 parameters left out.</summary>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[.. _first, .. _second, .. _steps])
        {
            tensor.Dispose();
        }

        Array.ForEach(_split, split => split?.Dispose());
    }

    private void StepInPieces(SplitWeight split, Tensor gradient, int index, double learningRate)
    {
        var (first, second) = (_first[index].view(-1), _second[index].view(-1));
        foreach (var (start, length) in FlatPieces.Of(gradient.shape[0]))
        {
            using var piece = NewDisposeScope();
            var exact = split.Read(start, length);
            Step(
                [exact], [gradient.narrow(0, start, length).type(float32)], [first.narrow(0, start, length)],
                [second.narrow(0, start, length)], [_steps[index]], learningRate);
            split.Write(start, exact);
        }
    }

    private void Step(
        List<Tensor> parameters, List<Tensor> gradients, List<Tensor> first, List<Tensor> second, List<Tensor> steps, double learningRate) =>
        s_step.Run(
            StableCall.Of(parameters), StableCall.Of(gradients), StableCall.Of(first), StableCall.Of(second), StableCall.Of([]),
            StableCall.Of(steps), StableCall.Of(learningRate), StableCall.Of(_beta1), StableCall.Of(_beta2),
            StableCall.Of(_weightDecay), StableCall.Of(_epsilon), StableCall.Of(false), StableCall.Of(false), StableCall.None,
            StableCall.None);
}
