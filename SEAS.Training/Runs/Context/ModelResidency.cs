using SEAS.Training.Engine.Models;
using static TorchSharp.torch;

namespace SEAS.Training.Runs.Context;

/// <summary>Keeps one model at a time on a GPU that cannot hold all of a run's: those that do not act wait in main memory.</summary>
/// <remarks>A model is opened on the device, so the others leave before; it comes back when it acts. What it takes is one copy of the weights
/// over the bus each way: about a second for 16 GB, where a model then works for minutes.</remarks>
/// <param name="device">Where models act.</param>
/// <param name="waiting">Where they wait.</param>
internal sealed class ModelResidency(Device device, Device waiting)
{
    private readonly List<IMovable> _models = [];

    /// <summary>Opens a model where all others have left.</summary>
    /// <param name="open">Opens it on the device.</param>
    /// <param name="modelOf">Finds its weights.</param>
    /// <returns>What was opened.</returns>
    public T Open<T>(Func<T> open, Func<T, IMovable> modelOf)
    {
        _models.ForEach(model => model.MoveTo(waiting));
        var opened = open();
        _models.Add(modelOf(opened));
        return opened;
    }

    /// <summary>A model is about to act: the others leave, and it comes.</summary>
    public void Act(IMovable model)
    {
        foreach (var other in _models.Where(other => !ReferenceEquals(other, model)))
        {
            other.MoveTo(waiting);
        }

        model.MoveTo(device);
    }

    /// <summary>A model is about to be freed.</summary>
    public void Close(IMovable model) => _models.Remove(model);
}
