namespace SEAS.Training.Memory;

/// <summary>Which of a run's models are on a GPU at once.</summary>
public enum GpuArrangement
{
    /// <summary>All of them, all the time.</summary>
    Together,

    /// <summary>Only the one that acts; the others wait in main memory.</summary>
    OneAtATime,
}
