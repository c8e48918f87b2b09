using SEAS.Training.Engine.Models;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>Scales each token's vector to unit root mean square, then by a learned gain.</summary>
internal sealed class EagerNorm : nn.Module
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _gain;

    private readonly double _epsilon;

    public EagerNorm(LlamaConfig config) : base(nameof(EagerNorm))
    {
        _gain = nn.Parameter(ones(config.HiddenSize));
        _epsilon = config.RmsNormEps;
        RegisterComponents();
    }

    /// <summary>(B, T, D) to (B, T, D).</summary>
    public Tensor Forward(Tensor x) => _gain * (x * rsqrt(x.pow(2).mean([-1], keepdim: true) + _epsilon));
}
