using TorchSharp.Modules;

namespace SEAS.Training.Engine.Models;

/// <summary>Weights that one model or several compute with; whoever leaves last frees them.</summary>
/// <param name="parameters">The weights, by name.</param>
internal sealed class SharedWeights(IReadOnlyList<(string Name, Parameter Value)> parameters)
{
    /// <summary>Models that compute with them.</summary>
    public int Users { get; private set; } = 1;

    /// <summary>One more model; from now on nobody may change them.</summary>
    public SharedWeights Join()
    {
        Users++;
        foreach (var (_, value) in parameters)
        {
            value.requires_grad = false;
        }

        return this;
    }

    /// <summary>One model less.</summary>
    public void Leave()
    {
        Users--;
        if (Users > 0)
        {
            return;
        }

        foreach (var (_, value) in parameters)
        {
            value.Dispose();
        }
    }
}
