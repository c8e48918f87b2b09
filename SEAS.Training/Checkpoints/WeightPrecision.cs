namespace SEAS.Training.Checkpoints;

/// <summary>How exactly weights are saved. They are float32 in memory either way.</summary>
public enum WeightPrecision
{
    /// <summary>As they are.</summary>
    Float32,

    /// <summary>Rounded to half precision (relative error at most 2⁻¹¹): half the size, for weights to start from.</summary>
    Float16,
}
