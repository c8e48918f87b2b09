using SEAS.Training.Engine.Generation;
using SEAS.Training.Engine.Models;
using SEAS.Training.Engine.Randomness;

namespace SEAS.Training.Runs.Context;

/// <summary>A player whose weights are on the GPU while it writes, and may be elsewhere before and after.</summary>
/// <param name="player">The player; it is disposed with this one.</param>
/// <param name="model">Its weights.</param>
/// <param name="residency">Who is where.</param>
internal sealed class ResidentChatModel(IChatModel player, IMovable model, ModelResidency residency) : IChatModel
{
    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyList<Written>> Write(
        IReadOnlyList<(string Message, IReadOnlyList<RandomStream> Streams)> messages, SamplingSettings sampling,
        CancellationToken cancellation)
    {
        residency.Act(model);
        return player.Write(messages, sampling, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        residency.Close(model);
        player.Dispose();
    }
}
