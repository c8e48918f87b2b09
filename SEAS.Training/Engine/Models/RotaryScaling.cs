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

    /// <summary>Llama 3, YaRN: positions that the model was first made for, in tokens.</summary>
    public int OriginalPositions { get; init; } = 8192;

    /// <summary>YaRN: waves that turn more often than this within the original positions stay as they are.</summary>
    public double BetaFast { get; init; } = 32;

    /// <summary>YaRN: waves that turn less often than this are stretched in full.</summary>
    public double BetaSlow { get; init; } = 1;

    /// <summary>YaRN: what cosines and sines are multiplied by; null follows from the factor, 0.1 ln s + 1.</summary>
    public double? AttentionFactor { get; init; }

    /// <summary>YaRN: whether the ends of the passage are whole coordinates.</summary>
    public bool WholeEnds { get; init; } = true;

    /// <summary>What cosines and sines are multiplied by.</summary>
    public double Magnitude => Kind == RotaryScalingKind.Yarn ? AttentionFactor ?? Mscale(Factor, 1) : 1;

    /// <summary>YaRN's share of a scale in what cosines and sines are multiplied by: 0.1 m ln s + 1.</summary>
    public static double Mscale(double scale, double weight) => scale <= 1 ? 1 : (0.1 * weight * Math.Log(scale)) + 1;

    /// <summary>The frequency of a pair of coordinates, in radians per position, as the model uses it.</summary>
    /// <param name="pair">The pair, from 0.</param>
    /// <param name="width">d, a head's width.</param>
    /// <param name="theta">The base of the wavelengths.</param>
    public double Frequency(int pair, int width, double theta)
    {
        var frequency = Math.Pow(theta, -2.0 * pair / width);
        if (Kind != RotaryScalingKind.Yarn)
        {
            return Apply(frequency);
        }

        var (low, high) = (Math.Max(Coordinate(BetaFast, up: false), 0), Math.Min(Coordinate(BetaSlow, up: true), width - 1));
        var stretched = Math.Clamp((pair - low) / (high > low ? high - low : 0.001), 0, 1);
        return (stretched * frequency / Factor) + ((1 - stretched) * frequency);

        // Where a wave turns so often within the original positions (eq. 18 solved for the coordinate).
        double Coordinate(double turns, bool up)
        {
            var at = width * Math.Log(OriginalPositions / (turns * 2 * Math.PI)) / (2 * Math.Log(theta));
            return !WholeEnds ? at : up ? Math.Ceiling(at) : Math.Floor(at);
        }
    }

    /// <summary>A frequency, in radians per position, as the model uses it.</summary>
    /// <remarks>
    /// <code>
    /// linear:  f / factor
    /// llama3:  f / factor for long waves, f for short ones, between them (1 − s) · f / factor + s · f
    ///          with s = (original / wavelength − low) / (high − low)
    /// yarn:    f / factor for pairs of few turns, f for those of many, with a line over the pairs between; see Frequency
    /// dynamic: f, up to the positions that the model was made for; beyond them this program does not go
    /// </code>
    /// Sources: Chen et al. 2023, arXiv:2306.15595 (linear); Llama 3.1's published configuration (llama3); Peng et al. 2023,
    /// arXiv:2309.00071, eq. 17 to 22 (yarn).
    /// </remarks>
    private double Apply(double frequency)
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

        if (Kind == RotaryScalingKind.Yarn && !(BetaFast > BetaSlow && BetaSlow > 0 && OriginalPositions > 0 && !(AttentionFactor <= 0)))
        {
            problems.Add(
                "The rotary scaling of the kind yarn needs 0 < beta_slow < beta_fast, and original_max_position_embeddings and "
                + $"attention_factor above 0; found {BetaSlow}, {BetaFast}, {OriginalPositions} and {AttentionFactor}.");
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

    /// <summary>Waves that turn seldom by the factor, those that turn often not at all; cosines and sines grow a little.</summary>
    Yarn,
}
