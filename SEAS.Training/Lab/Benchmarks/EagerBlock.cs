using SEAS.Training.Engine.Models;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>One decoder block: attention, then SwiGLU, each behind a norm and added to what came in.</summary>
internal sealed class EagerBlock : nn.Module
{
    [ComponentName(Name = "input_layernorm")]
    private readonly EagerNorm _attentionNorm;

    [ComponentName(Name = "self_attn")]
    private readonly EagerAttention _attention;

    [ComponentName(Name = "post_attention_layernorm")]
    private readonly EagerNorm _feedForwardNorm;

    [ComponentName(Name = "mlp")]
    private readonly EagerFeedForward _feedForward;

    public EagerBlock(LlamaConfig config) : base(nameof(EagerBlock))
    {
        _attentionNorm = new EagerNorm(config);
        _attention = new EagerAttention(config);
        _feedForwardNorm = new EagerNorm(config);
        _feedForward = new EagerFeedForward(config);
        RegisterComponents();
    }

    /// <summary>(B, T, D) to (B, T, D).</summary>
    public Tensor Forward(Tensor x, Tensor cosines, Tensor sines, Tensor? mask, EagerCache? cache)
    {
        using var scope = NewDisposeScope();   // what the backward pass does not need is free after the block
        x = x + _attention.Forward(_attentionNorm.Forward(x), cosines, sines, mask, cache);
        return (x + _feedForward.Forward(_feedForwardNorm.Forward(x))).MoveToOuterDisposeScope();
    }
}
