using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>What <see cref="DotProductAttention"/> computes, by libtorch's one operator for it: on a GPU the scores are never written to
/// memory.</summary>
/// <remarks>
/// <para><c>scaled_dot_product_attention</c> chooses its kernel by what it is given (Dao et al. 2022, arXiv:2205.14135, and kin). Its fastest
/// takes bfloat16, no mask but the causal one, and groups of query heads as they are; the next takes float32 and any mask, but a key head
/// for every query head. So heads are repeated where there is a mask or float32, and nowhere else.</para>
/// <para>On the CPU it is slower than two products of a folded query axis, so it is taken on CUDA alone.</para>
/// <para>Letters: R sequences of T queries and S keys, H query heads of hd numbers, g of which share a key head.</para>
/// </remarks>
internal static class FusedAttention
{
    // TorchSharp does not offer the argument that leaves groups as they are.
    private static readonly StableCall s_grouped = new("aten::scaled_dot_product_attention");

    /// <param name="config">Heads and their width.</param>
    /// <param name="queries">(R·T, H, hd).</param>
    /// <param name="keys">(R·KvHeads, hd, S).</param>
    /// <param name="values">(R·KvHeads, S, hd).</param>
    /// <param name="bias">0 or −∞: (g·T, S) for all sequences or (R·KvHeads, g·T, S); null when every query may see every key, or those
    /// before it.</param>
    /// <param name="causal">Whether a query sees the keys up to its own place alone; then S is T and there is no bias.</param>
    /// <param name="precision">What the products are computed in: float32 or bfloat16.</param>
    /// <returns>(R·T, H·hd), float32.</returns>
    public static Tensor Mix(
        LlamaConfig config, Tensor queries, Tensor keys, Tensor values, Tensor? bias, bool causal, ScalarType precision)
    {
        using var scope = NewDisposeScope();
        long heads = config.Heads, keyHeads = config.KvHeads, size = config.HeadSize, sequences = keys.shape[0] / keyHeads;
        var (length, seen) = (queries.shape[0] / sequences, values.shape[1]);
        var grouped = bias is null && precision != float32;
        var q = queries.view(sequences, length, heads, size).transpose(1, 2).type(precision);        // (R, H, T, hd)
        var k = ForEveryHead(keys.transpose(1, 2));                                                  // (R, H or KvHeads, S, hd)
        var v = ForEveryHead(values);
        var mixed = grouped                                                                          // (R, H, T, hd)
            ? s_grouped.Tensor(
                StableCall.Of(q), StableCall.Of(k), StableCall.Of(v), StableCall.None, StableCall.Of(0.0), StableCall.Of(causal),
                StableCall.None, StableCall.Of(true))
            : nn.functional.scaled_dot_product_attention(q, k, v, bias is null ? null! : Mask(bias), 0, causal);
        return mixed.type(float32).transpose(1, 2).reshape(sequences * length, heads * size).MoveToOuterDisposeScope();

        Tensor ForEveryHead(Tensor x)
        {
            var apart = x.type(precision).reshape(sequences, keyHeads, seen, size);
            return grouped || keyHeads == heads
                ? apart
                : apart.unsqueeze(2).expand(-1, -1, config.GroupSize, -1, -1).reshape(sequences, heads, seen, size);
        }

        // The bias stands there once for every head of a group, and for every key head: one of each is enough.
        Tensor Mask(Tensor repeated) => (repeated.ndim == 2
            ? repeated.narrow(0, 0, length)                                                          // (T, S)
            : repeated.view(sequences, keyHeads, -1, seen).narrow(1, 0, 1).narrow(2, 0, length)).type(precision);   // (R, 1, T, S)
    }
}
