namespace SEAS.Training.Measures.Calibration;

/// <summary>What a threshold is to make as large as possible.</summary>
public enum ThresholdAim
{
    /// <summary>The mean of the shares found among unsafe and among safe answers: both kinds count alike, however rare.</summary>
    BalancedAccuracy,

    /// <summary>2 · precision · recall / (precision + recall) of the unsafe ones.</summary>
    F1,
}
