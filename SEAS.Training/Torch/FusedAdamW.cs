using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SEAS.Training.Torch;

/// <summary>AdamW in one pass over all parameters.</summary>
/// <remarks>
/// <para>Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2, by libtorch's own <c>_fused_adamw_</c>. TorchSharp's
/// <c>torch.optim.AdamW</c> is the same arithmetic as some ten operations for every parameter, and takes five times as long.</para>
/// <para>Both moments are kept as the parameters are; a parameter without a gradient is left alone.</para>
/// </remarks>
internal sealed class FusedAdamW : IDisposable
{
    private static readonly StableCall s_step = new("aten::_fused_adamw_");

    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly Tensor[] _first;    // running mean of each gradient
    private readonly Tensor[] _second;   // running mean of its square
    private readonly Tensor[] _steps;    // taken so far, of each parameter: () float32
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _epsilon;
    private readonly double _weightDecay;

    /// <param name="parameters">What learns; each contiguous.</param>
    /// <param name="beta1">Share of the old mean that stays, in [0, 1).</param>
    /// <param name="beta2">Share of the old mean square that stays, in [0, 1).</param>
    /// <param name="epsilon">Added to the root, greater than 0.</param>
    /// <param name="weightDecay">Decay per unit of learning rate, 0 or more.</param>
    public FusedAdamW(IReadOnlyList<Parameter> parameters, double beta1, double beta2, double epsilon, double weightDecay)
    {
        using var off = no_grad();
        _parameters = parameters;
        _first = [.. parameters.Select(parameter => parameter.zeros_like().DetachFromDisposeScope())];
        _second = [.. parameters.Select(parameter => parameter.zeros_like().DetachFromDisposeScope())];
        _steps = [.. parameters.Select(parameter => zeros([], float32, parameter.device).DetachFromDisposeScope())];
        (_beta1, _beta2, _epsilon, _weightDecay) = (beta1, beta2, epsilon, weightDecay);
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
            if (_parameters[i].grad is { } gradient)
            {
                _ = _steps[i].add_(1);
                parameters.Add(_parameters[i]);
                gradients.Add(gradient);
                first.Add(_first[i]);
                second.Add(_second[i]);
                steps.Add(_steps[i]);
            }
        }

        if (parameters.Count > 0)
        {
            s_step.Run(
                StableCall.Of(parameters), StableCall.Of(gradients), StableCall.Of(first), StableCall.Of(second), StableCall.Of([]),
                StableCall.Of(steps), StableCall.Of(learningRate), StableCall.Of(_beta1), StableCall.Of(_beta2),
                StableCall.Of(_weightDecay), StableCall.Of(_epsilon), StableCall.Of(false), StableCall.Of(false), StableCall.None,
                StableCall.None);
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

    /// <summary>Frees the moments.</summary>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[.. _first, .. _second, .. _steps])
        {
            tensor.Dispose();
        }
    }
}
