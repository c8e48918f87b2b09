using TorchSharp;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>Attention of queries over the keys and values of their own sequence, with gradient;
/// R sequences of one length at once.</summary>
/// <remarks>
/// <code>softmax(Q Kᵀ / √hd + bias) V</code>
/// Vaswani et al. 2017, arXiv:1706.03762, eq. 1. The g query heads that share a key head are folded into the query axis: one product per
/// key head, and neither keys nor values are repeated. On CUDA <see cref="FusedAttention"/> does the same.
/// </remarks>
internal static class DotProductAttention
{
    /// <param name="config">Heads and their width.</param>
    /// <param name="queries">(R·T, H, hd).</param>
    /// <param name="keys">(R·KvHeads, hd, S).</param>
    /// <param name="values">(R·KvHeads, S, hd).</param>
    /// <param name="bias">0 or −∞, (g·T, S) for all sequences or (R·KvHeads, g·T, S); null when every query may see every key.</param>
    /// <param name="causal">Whether the bias is the causal one, so that a kernel that knows it need not read it; it may then be null where
    /// <see cref="IsFused"/>.</param>
    /// <param name="precision">What a fused kernel computes in, float32 or bfloat16; here it is float32.</param>
    /// <returns>(R·T, H·hd).</returns>
    public static Tensor Mix(
        LlamaConfig config, Tensor queries, Tensor keys, Tensor values, Tensor? bias, bool causal = false,
        ScalarType precision = ScalarType.Float32) => IsFused(queries.device_type)
            ? FusedAttention.Mix(config, queries, keys, values, causal ? null : bias, causal, precision)
            : Folded(config, queries, keys, values, bias);

    /// <summary>Whether libtorch's one operator for attention is the faster way on a device.</summary>
    public static bool IsFused(DeviceType device) => device == DeviceType.CUDA;

    /// <summary>By two products of a folded query axis.</summary>
    internal static Tensor Folded(LlamaConfig config, Tensor queries, Tensor keys, Tensor values, Tensor? bias)
    {
        long heads = config.Heads, size = config.HeadSize, sequences = keys.shape[0] / config.KvHeads;
        var length = queries.shape[0] / sequences;
        var apart = queries.view(sequences, length, heads, size).transpose(1, 2);                 // (R, H, T, hd)
        var folded = apart.reshape(keys.shape[0], -1, size);                                      // (R·KvHeads, g·T, hd)
        var scale = (float)(1 / Math.Sqrt(size));
        var scores = bmm(folded * scale, keys);                                                   // (R·KvHeads, g·T, S)
        scores = bias is null ? scores : scores.add_(bias);
        var mixed = bmm(scores.softmax(-1), values);                                              // (R·KvHeads, g·T, hd)
        return mixed.view(sequences, heads, length, size).transpose(1, 2).reshape(sequences * length, heads * size);
    }
}
