using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>One linear projection of a block: a matrix, in some families a bias, and an adapter while one is trained.</summary>
/// <param name="name">Its name in Hugging Face's files, without <c>.weight</c>.</param>
/// <param name="weight">(out, in).</param>
/// <param name="bias">(out), or null.</param>
internal sealed class Projection(string name, Parameter weight, Parameter? bias = null)
{
    /// <summary>Its name, for example <c>model.layers.0.self_attn.q_proj</c>.</summary>
    public string Name => name;

    /// <summary>The last part of its name, as adapters are aimed by.</summary>
    public string Target { get; } = name[(name.LastIndexOf('.') + 1)..];

    /// <summary>(out, in).</summary>
    public Parameter Weight => weight;

    /// <summary>(out), or null.</summary>
    public Parameter? Bias => bias;

    /// <summary>What is learnt beside the matrix; null as a rule.</summary>
    public LoraPair? Adapter { get; set; }

    /// <summary>What was learnt beside a matrix that is other models' too; null as a rule.</summary>
    public LoraPair? Settled { get; private set; }

    /// <summary>(N, in) to (N, out).</summary>
    public Tensor Forward(Tensor x)
    {
        var projected = Product(x, weight, bias);
        return Beside(x) is { } delta ? projected + delta : projected;
    }

    /// <summary>Adds what an adapter learnt to the matrix, or to what stands beside it.</summary>
    /// <param name="learnt">The adapter; it is copied.</param>
    /// <param name="beside">Whether the matrix stays what it is.</param>
    public void Take(LoraPair learnt, bool beside)
    {
        if (!beside)
        {
            _ = weight.add_(learnt.Product());
            return;
        }

        var before = Settled;
        Settled = before?.Join(learnt) ?? learnt.Join(null);
        before?.Dispose();
    }

    /// <summary>The matrix with what was learnt beside it, float32; the matrix itself where that is nothing. (out, in).</summary>
    public Tensor Whole() => Settled is { } settled ? weight.type(float32) + settled.Product() : weight;

    private Tensor? Beside(Tensor x) => (Settled, Adapter) switch
    {
        (null, null) => null,
        ({ } settled, null) => settled.Delta(x),
        (null, { } adapter) => adapter.Delta(x),
        ({ } settled, { } adapter) => settled.Delta(x) + adapter.Delta(x),
    };

    /// <summary>x W^T + b, the one product of a model: in the matrix's own type, with float32 on both sides.</summary>
    /// <param name="x">(N, in), float32.</param>
    /// <param name="matrix">(out, in), float32 or bfloat16.</param>
    /// <param name="bias">(out), float32, or null.</param>
    /// <returns>(N, out), float32.</returns>
    public static Tensor Product(Tensor x, Tensor matrix, Tensor? bias = null)
    {
        if (matrix.dtype == float32)
        {
            return nn.functional.linear(x, matrix, bias);
        }

        var product = nn.functional.linear(x.type(matrix.dtype), matrix).type(float32);
        return bias is null ? product : product + bias;
    }

    /// <summary>Several projections of the same tokens as one product: (N, in) to their outputs side by side.</summary>
    public static Tensor Stacked(Tensor x, params ReadOnlySpan<Projection> projections)
    {
        var (weights, biases) = (new Tensor[projections.Length], new Tensor[projections.Length]);
        var adapted = false;
        for (var i = 0; i < projections.Length; i++)
        {
            weights[i] = projections[i].Weight;
            biases[i] = projections[i].Bias!;
            adapted |= (projections[i].Adapter ?? projections[i].Settled) is not null;
        }

        var projected = Product(x, cat(weights, 0), projections[0].Bias is null ? null : cat(biases, 0));
        if (!adapted)
        {
            return projected;
        }

        var deltas = new Tensor[projections.Length];
        for (var i = 0; i < projections.Length; i++)
        {
            deltas[i] = projections[i].Beside(x)
                ?? zeros(x.shape[0], projections[i].Weight.shape[0], dtype: float32, device: x.device);
        }

        return projected + cat(deltas, 1);
    }
}
