using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SEAS.Training.Engine.Randomness;

namespace SEAS.Training.Engine.Generation;

/// <summary>Chooses a token from one row of logits: temperature, top-k, top-p, exactly and without sorting.</summary>
/// <remarks>
/// A token belongs to the nucleus when the tokens before it, by probability, weigh at most p (Holtzman et al. 2020, arXiv:1904.09751,
/// section 3.1). That is one sum over the row, so the sampler draws from all tokens first and then asks whether the drawn one belongs. If
/// not, neither does anything that weighs less, which is struck out before the next draw. Accepted tokens have the distribution of the
/// nucleus, and as that holds at least p of the mass, the first draw usually stands. Ties are ordered by token id.
/// </remarks>
internal sealed class Sampler
{
    private const int Block = 64;

    private readonly SamplingSettings _settings;
    private readonly float[] _weights;   // padded with zeros to whole blocks
    private readonly double[] _blocks;   // sums of 64 weights each, so that a draw looks at few numbers
    private float[] _selection = [];

    public Sampler(SamplingSettings settings, int vocabulary)
    {
        _settings = settings;
        _blocks = new double[(vocabulary + Block - 1) / Block];
        _weights = new float[_blocks.Length * Block];
    }

    /// <summary>The next token.</summary>
    /// <param name="logits">(V) unnormalised log-probabilities.</param>
    /// <param name="stream">The sequence's own stream; unused when the temperature is 0.</param>
    /// <exception cref="InvalidOperationException">The logits are not finite.</exception>
    public int Next(ReadOnlySpan<float> logits, RandomStream stream)
    {
        var best = IndexOfMaximum(logits);
        if (_settings.Temperature == 0)
        {
            return best;
        }

        Weigh(logits, logits[best]);
        if (_settings.TopK > 0 && _settings.TopK < logits.Length)
        {
            KeepGreatest(_settings.TopK);
        }

        var left = SumBlocks();
        var limit = _settings.TopP * left;
        while (true)
        {
            var token = Draw(stream.NextDouble() * left);
            if (_settings.TopP >= 1 || WeightBefore(token) is var before && before <= limit)
            {
                return token;
            }

            StrikeFrom(token);
            left = SumBlocks();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int IndexOfMaximum(ReadOnlySpan<float> logits)
    {
        ref var first = ref MemoryMarshal.GetReference(logits);
        var greatest = float.NegativeInfinity;
        var at = 0;
        if (logits.Length >= Vector512<float>.Count)
        {
            var lanes = Vector512.LoadUnsafe(ref first);
            for (at = Vector512<float>.Count; at <= logits.Length - Vector512<float>.Count; at += Vector512<float>.Count)
            {
                lanes = Vector512.Max(lanes, Vector512.LoadUnsafe(ref first, (nuint)at));
            }

            for (var lane = 0; lane < Vector512<float>.Count; lane++)
            {
                greatest = float.Max(greatest, lanes[lane]);
            }
        }

        for (; at < logits.Length; at++)
        {
            greatest = float.Max(greatest, logits[at]);
        }

        return float.IsFinite(greatest)
            ? logits.IndexOf(greatest)
            : throw new InvalidOperationException(
                $"The model's next-token scores are not finite numbers (the greatest is {greatest}). Its weights were damaged or its "
                + "training diverged: lower the learning rate, or go back to an earlier checkpoint.");
    }

    /// <summary>w = exp((logit − greatest) / T), so that the greatest weighs 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Weigh(ReadOnlySpan<float> logits, float greatest)
    {
        var scale = (float)(1 / _settings.Temperature);
        ref var from = ref MemoryMarshal.GetReference(logits);
        ref var to = ref MemoryMarshal.GetArrayDataReference(_weights);
        var shift = Vector512.Create(greatest);
        var i = 0;
        for (; i <= logits.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var scaled = (Vector512.LoadUnsafe(ref from, (nuint)i) - shift) * scale;
            Vector512.Exp(scaled).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < logits.Length; i++)
        {
            _weights[i] = MathF.Exp((logits[i] - greatest) * scale);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SumBlocks()
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(_weights);
        double sum = 0;
        for (var block = 0; block < _blocks.Length; block++)
        {
            var at = (nuint)(block * Block);
            var lanes = (Vector512.LoadUnsafe(ref first, at) + Vector512.LoadUnsafe(ref first, at + 16))
                + (Vector512.LoadUnsafe(ref first, at + 32) + Vector512.LoadUnsafe(ref first, at + 48));
            sum += _blocks[block] = Vector512.Sum(lanes);
        }

        return sum;
    }

    /// <summary>The token at which the running sum of weights passes a point.</summary>
    private int Draw(double point)
    {
        var last = 0;
        for (var block = 0; block < _blocks.Length; block++)
        {
            if (point >= _blocks[block])
            {
                point -= _blocks[block];
                continue;
            }

            for (var i = block * Block; i < (block + 1) * Block; i++)
            {
                if (_weights[i] > 0)
                {
                    last = i;
                    point -= _weights[i];
                    if (point < 0)
                    {
                        return i;
                    }
                }
            }
        }

        return last > 0 ? last : Array.FindLastIndex(_weights, weight => weight > 0);   // only rounding leads here
    }

    /// <summary>What the tokens before a token weigh together: the greater ones, and equal ones with a smaller id.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double WeightBefore(int token)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(_weights);
        var bound = Vector512.Create(_weights[token]);
        var sums = Vector512<float>.Zero;
        var equals = 0;
        for (var i = 0; i < _weights.Length; i += Vector512<float>.Count)
        {
            var lanes = Vector512.LoadUnsafe(ref first, (nuint)i);
            sums += Vector512.ConditionalSelect(Vector512.GreaterThan(lanes, bound), lanes, Vector512<float>.Zero);
            if (i <= token)
            {
                var same = Vector512.Equals(lanes, bound).ExtractMostSignificantBits();
                var before = token - i >= Vector512<float>.Count ? ulong.MaxValue : (1UL << (token - i)) - 1;
                equals += BitOperations.PopCount(same & before);
            }
        }

        return Vector512.Sum(sums) + ((double)_weights[token] * equals);
    }

    /// <summary>Strikes out a token and all after it.</summary>
    private void StrikeFrom(int token)
    {
        var bound = _weights[token];
        for (var i = 0; i < _weights.Length; i++)
        {
            if (_weights[i] < bound || (_weights[i] == bound && i >= token))
            {
                _weights[i] = 0;
            }
        }
    }

    private void KeepGreatest(int count)
    {
        if (_selection.Length == 0)
        {
            _selection = new float[_weights.Length];
        }

        _weights.CopyTo(_selection, 0);
        var bound = Selection.Greatest(_selection, count);
        var room = count - _weights.Count(weight => weight > bound);
        for (var i = 0; i < _weights.Length; i++)
        {
            if (_weights[i] < bound || (_weights[i] == bound && --room < 0))
            {
                _weights[i] = 0;
            }
        }
    }
}
