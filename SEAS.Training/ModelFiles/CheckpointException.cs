namespace SEAS.Training.ModelFiles;

/// <summary>A model folder or one of its files cannot be used. The message names the file, what was expected, what was found and what to
/// do.</summary>
public sealed class CheckpointException : Exception
{
    /// <param name="message">What failed, where, and what to do.</param>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <param name="message">What failed, where, and what to do.</param>
    /// <param name="cause">What the system said.</param>
    public CheckpointException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
