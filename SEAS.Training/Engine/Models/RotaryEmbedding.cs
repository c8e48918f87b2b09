using SEAS.Training.Engine.Torch;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>Writes a token's position into its queries and keys by turning each pair of coordinates by an angle.</summary>
/// <remarks>
/// <code>
/// angle(p, i) = p / θ^(2i/d)      x'[i] = x[i]·cos − x[i+d/2]·sin      x'[i+d/2] = x[i+d/2]·cos + x[i]·sin
/// </code>
/// Source: Su et al. 2021, arXiv:2104.09864, eq. 15, with Hugging Face's pairing of coordinate i with i + d/2. The sine's sign is kept in
/// the table, so that a turn is one product and one fused multiply-add over the vector with its halves swapped.
/// </remarks>
internal sealed class RotaryEmbedding(LlamaConfig config, Device device) : IDisposable
{
    private Tensor? _cosines;
    private Tensor? _sines;

    /// <summary>The angles of given positions.</summary>
    /// <param name="positions">(N), int64.</param>
    /// <param name="length">One more than the greatest of them.</param>
    public RotaryAngles At(Tensor positions, int length)
    {
        Grow(length);
        return new RotaryAngles(
            _cosines!.Rows(positions).unsqueeze(1),    // (N, 1, hd)
            _sines!.Rows(positions).unsqueeze(1));     // (N, 1, hd)
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _cosines?.Dispose();
        _sines?.Dispose();
    }

    /// <summary>The table is as long as what was asked for, because some models allow 131,072 positions and few runs use them.</summary>
    private void Grow(int length)
    {
        if (_cosines is not null && _cosines.shape[0] >= length)
        {
            return;
        }

        if (length > config.MaxPositions)
        {
            throw new ArgumentException(
                $"A sequence of {length} tokens is longer than the {config.MaxPositions} positions that this model was made for. "
                + "Shorten the prompt or the answer, or use a model with a longer context.");
        }

        Dispose();
        var rows = Math.Min(config.MaxPositions, Math.Max(64, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)length)));
        var width = config.HeadSize;
        var cosines = new float[rows * width];
        var sines = new float[rows * width];
        var magnitude = config.Scaling?.Magnitude ?? 1;
        for (var i = 0; i < width / 2; i++)
        {
            var frequency = config.Scaling?.Frequency(i, width, config.RopeTheta) ?? Math.Pow(config.RopeTheta, -2.0 * i / width);
            for (var position = 0; position < rows; position++)
            {
                var (sine, cosine) = Math.SinCos(position * frequency);
                (sine, cosine) = (sine * magnitude, cosine * magnitude);
                var at = (position * width) + i;
                cosines[at] = cosines[at + (width / 2)] = (float)cosine;
                sines[at] = (float)-sine;
                sines[at + (width / 2)] = (float)sine;
            }
        }

        _cosines = tensor(cosines, [rows, width], device: device).DetachFromDisposeScope();
        _sines = tensor(sines, [rows, width], device: device).DetachFromDisposeScope();
    }
}

/// <summary>Cosines and signed sines of a batch's positions, (N, 1, hd) each: the same for every head and layer.</summary>
internal readonly record struct RotaryAngles(Tensor Cosines, Tensor Sines)
{
    /// <summary>Turns every head's vector by its token's angles: (N, heads, hd) to the same shape.</summary>
    public Tensor Turn(Tensor x)
    {
        var halves = x.chunk(2, -1);
        var swapped = cat([halves[1], halves[0]], -1);
        var scaled = x * Cosines;
        return is_grad_enabled() ? scaled.addcmul(swapped, Sines, 1) : scaled.addcmul_(swapped, Sines, 1);
    }
}
