using SEAS.Training.Engine.Models;
using SEAS.Training.Guards;

namespace SEAS.Training.Runs.Context;

/// <summary>A guard whose weights are on the GPU while it reads, and may be elsewhere before and after.</summary>
/// <param name="guard">The guard; it is disposed with this one.</param>
/// <param name="model">Its weights.</param>
/// <param name="residency">Who is where.</param>
internal sealed class ResidentGuard(IGuard guard, IMovable model, ModelResidency residency) : IGuard
{
    /// <inheritdoc/>
    public IReadOnlyList<GuardReading> Read(IReadOnlyList<(string Prompt, string Answer)> pairs, CancellationToken cancellation)
    {
        residency.Act(model);
        return guard.Read(pairs, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        residency.Close(model);
        guard.Dispose();
    }
}
