using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Torch;

/// <summary>The Euclidean norm of all gradients together, and its limit.</summary>
/// <remarks>Pascanu et al. 2013, arXiv:1211.5063, algorithm 1. TorchSharp's <c>clip_grad_norm_</c> does both and reads the norm from the
/// device on the way; here the norm stays there until the step reads it together with everything else.</remarks>
internal static class GradientNorm
{
    private const float Guard = 1e-6f;   // as in PyTorch: a norm of 0 divides by this

    /// <summary>The norm over all parameters that have a gradient: a scalar on their device, float32.</summary>
    public static Tensor Of(IReadOnlyList<Parameter> parameters)
    {
        using var scope = NewDisposeScope();
        var norms = new List<Tensor>(parameters.Count);
        foreach (var parameter in parameters)
        {
            if (parameter.grad is { } gradient)
            {
                Add(gradient);
            }
        }

        return norms.Count == 0
            ? zeros([], float32, parameters[0].device).MoveToOuterDisposeScope()
            : stack(norms).norm().MoveToOuterDisposeScope();

        void Add(Tensor gradient)
        {
            if (gradient.dtype == float32)
            {
                norms.Add(gradient.norm());
                return;
            }

            var flat = gradient.reshape(-1);
            foreach (var (first, length) in FlatPieces.Of(flat.shape[0]))
            {
                using var piece = NewDisposeScope();
                norms.Add(flat.narrow(0, first, length).type(float32).norm().MoveToOuterDisposeScope());
            }
        }
    }

    /// <summary>What to multiply gradients of this norm by, so that it is at most the limit: at most 1.</summary>
    public static float Factor(float norm, double limit) => Math.Min(1, (float)limit / (norm + Guard));

    /// <summary>Multiplies all gradients.</summary>
    public static void Scale(IReadOnlyList<Parameter> parameters, float factor)
    {
        using var scope = NewDisposeScope();
        foreach (var parameter in parameters)
        {
            _ = parameter.grad?.mul_(factor);
        }
    }
}
