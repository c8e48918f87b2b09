using static TorchSharp.torch;

namespace SEAS.Training.Engine.Models;

/// <summary>Has weights on a device, and can take them to another.</summary>
public interface IMovable
{
    /// <summary>Where the weights are.</summary>
    Device Device { get; }

    /// <summary>Takes the weights to another device; where they are already, nothing happens.</summary>
    void MoveTo(Device device);
}
