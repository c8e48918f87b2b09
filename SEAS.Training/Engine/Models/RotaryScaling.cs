namespace SEAS.Training.Engine.Models;

/// <summary>How a model that was made for short contexts reads positions of longer ones: its rotary wavelengths are stretched.</summary>
/// <param name="Kind">Which of the published ways.</param>
/// <param name="Factor">By how much; 1 or more.</param>
public sealed record RotaryScaling(RotaryScalingKind Kind, double Factor)
{
    /// <summary>Llama 3: wavelengths longer than <see cref="OriginalPositions"/> over this are stretched in full.</summary>
    public double LowFrequencyFactor { get; init; } = 1;

    /// <summary>Llama 3: wavelengths shorter than <see cref="OriginalPositions"/> over this stay as they are.</summary>
    public double HighFrequencyFactor { get; init; } = 4;

    /// <summary>Llama 3: positions that the model was first made for, in tokens.</summary>
    public int OriginalPositions { get; init; } = 8192;

    /// <summary>A frequency, in radians per position, as the model uses it.</summary>
    /// <remarks>
    /// <code>
    /// linear:  f / factor
    /// llama3:  f / factor for long waves, f for short ones, between them (1 − s) · f / factor + s · f
    ///          with s = (original / wavelength − low) / (high − low)
    /// dynamic: f, up to the positions that the model was made for; beyond them this program does not go
    /// </code>
    /// Sources: Chen et al. 2023, arXiv:2306.15595 (linear); Llama 3.1's published configuration (llama3).
    /// </remarks>
    public double Apply(double frequency)
    {
        if (Kind == RotaryScalingKind.Dynamic)
        {
            return frequency;
        }

        if (Kind == RotaryScalingKind.Linear)
        {
            return frequency / Factor;
        }

        var waves = OriginalPositions * frequency / (2 * Math.PI);   // original / wavelength
        var share = Math.Clamp((waves - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor), 0, 1);
        return ((1 - share) * frequency / Factor) + (share * frequency);
    }

    /// <summary>Everything that is wrong with these numbers, one sentence each.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        if (!(Factor >= 1) || double.IsInfinity(Factor))
        {
            problems.Add($"The rotary scaling's factor must be 1 or more but is {Factor}.");
        }

        if (Kind == RotaryScalingKind.Llama3
            && !(LowFrequencyFactor > 0 && HighFrequencyFactor > LowFrequencyFactor && OriginalPositions > 0))
        {
            problems.Add(
                "The rotary scaling of the kind llama3 needs 0 < low_freq_factor < high_freq_factor and "
                + $"original_max_position_embeddings above 0; found {LowFrequencyFactor}, {HighFrequencyFactor} and {OriginalPositions}.");
        }

        return problems;
    }
}

/// <summary>Published ways to stretch rotary wavelengths.</summary>
public enum RotaryScalingKind
{
    /// <summary>All by the same factor.</summary>
    Linear,

    /// <summary>Only beyond the positions that the model was made for, by how far a text goes.</summary>
    Dynamic,

    /// <summary>Long waves by the factor, short ones not at all, with a passage between.</summary>
    Llama3,
}
