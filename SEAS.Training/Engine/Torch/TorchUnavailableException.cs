namespace SEAS.Training.Engine.Torch;

/// <summary>Torch cannot be used on this machine; the message says why and what to do.</summary>
/// <param name="reason">What was found, what was expected, what to do.</param>
/// <param name="cause">What the system said, where it said something.</param>
public sealed class TorchUnavailableException(string reason, Exception? cause = null)
    : Exception($"Torch cannot be used here: {reason}", cause);
