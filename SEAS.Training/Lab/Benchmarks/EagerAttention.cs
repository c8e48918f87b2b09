using SEAS.Training.Engine.Models;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace SEAS.Training.Lab.Benchmarks;

/// <summary>Grouped-query attention with rotary positions, by libtorch's <c>scaled_dot_product_attention</c>.</summary>
internal sealed class EagerAttention : nn.Module
{
    [ComponentName(Name = "q_proj")]
    private readonly Linear _queries;

    [ComponentName(Name = "k_proj")]
    private readonly Linear _keys;

    [ComponentName(Name = "v_proj")]
    private readonly Linear _values;

    [ComponentName(Name = "o_proj")]
    private readonly Linear _output;

    private readonly int _headSize;
    private readonly int _groupSize;

    public EagerAttention(LlamaConfig config) : base(nameof(EagerAttention))
    {
        _headSize = config.HeadSize;
        _groupSize = config.GroupSize;
        _queries = nn.Linear(config.HiddenSize, config.Heads * _headSize, hasBias: false);
        _keys = nn.Linear(config.HiddenSize, config.KvHeads * _headSize, hasBias: false);
        _values = nn.Linear(config.HiddenSize, config.KvHeads * _headSize, hasBias: false);
        _output = nn.Linear(config.Heads * _headSize, config.HiddenSize, hasBias: false);
        RegisterComponents();
    }

    /// <summary>(B, T, D) to (B, T, D).</summary>
    public Tensor Forward(Tensor x, Tensor cosines, Tensor sines, Tensor? mask, EagerCache? cache)
    {
        var (rows, length) = (x.shape[0], x.shape[1]);
        var queries = Turned(Heads(_queries));                                                  // (B, H, T, head width)
        var (keys, values) = (ForAllHeads(Turned(Heads(_keys))), ForAllHeads(Heads(_values)));
        if (cache is not null)
        {
            (keys, values) = cache.Append(keys, values);                                        // (B, H, keys, head width)
        }

        var mixed = nn.functional.scaled_dot_product_attention(queries, keys, values, mask, is_casual: mask is null);
        return _output.forward(mixed.transpose(1, 2).reshape(rows, length, -1));

        Tensor Heads(Linear projection) => projection.forward(x).view(rows, length, -1, _headSize).transpose(1, 2);

        Tensor Turned(Tensor heads)
        {
            var halves = heads.chunk(2, -1);
            return (heads * cosines) + (cat([-halves[1], halves[0]], -1) * sines);
        }

        Tensor ForAllHeads(Tensor heads) => _groupSize == 1 ? heads : heads.repeat_interleave(_groupSize, 1);
    }
}
