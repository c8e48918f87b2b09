using System.Text;

namespace SEAS.Training.Engine.Randomness;

/// <summary>A random stream that depends on (seed, stage, index) alone, never on what ran before it or beside it.</summary>
/// <remarks>
/// The key is hashed with FNV-1a and SplitMix64, then every draw is one SplitMix64 step (Steele, Lea and Flood 2014, "Fast splittable
/// pseudorandom number generators", fig. 17). Because a stream is a value computed from its key, a resumed run draws the same numbers.
/// </remarks>
public sealed class RandomStream
{
    private ulong _state;

    /// <param name="seed">The run's seed.</param>
    /// <param name="stage">What the numbers are for, for example <c>round-1/attack</c>.</param>
    /// <param name="indices">The unit's place within the stage; any number of parts.</param>
    public RandomStream(ulong seed, string stage, params ReadOnlySpan<long> indices)
    {
        ArgumentNullException.ThrowIfNull(stage);

        var hash = 14695981039346656037UL;
        foreach (var octet in Encoding.UTF8.GetBytes(stage))
        {
            hash = (hash ^ octet) * 1099511628211UL;
        }

        _state = Mix(seed + 0x9E3779B97F4A7C15UL) ^ Mix(hash);
        foreach (var index in indices)
        {
            _state = Mix(_state + 0x9E3779B97F4A7C15UL + (ulong)index);
        }
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        _state += 0x9E3779B97F4A7C15UL;
        return Mix(_state);
    }

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The numbers that the next calls of <see cref="NextDouble"/> will give; the stream stays where it is.</summary>
    /// <param name="numbers">As many as are wanted, filled.</param>
    public void Peek(Span<double> numbers)
    {
        var state = _state;
        foreach (ref var number in numbers)
        {
            number = NextDouble();
        }

        _state = state;
    }

    /// <summary>Goes on as if <see cref="NextDouble"/> had been called this often.</summary>
    /// <param name="count">0 or more.</param>
    public void Skip(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _state += (ulong)count * 0x9E3779B97F4A7C15UL;
    }

    /// <summary>A whole number in [0, <paramref name="exclusiveMaximum"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is not positive.</exception>
    public int Next(int exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMaximum);
        return (int)Math.BigMul(NextUInt64(), (ulong)exclusiveMaximum, out _);
    }

    /// <summary>One of the items, each equally likely.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>True with the given probability in [0, 1].</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>Puts the items in a random order, in place (Fisher and Yates).</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
