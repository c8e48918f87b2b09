using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Guards;
using static TorchSharp.torch;

namespace SEAS.Training.Lineage;

/// <summary>What rows were made with and are made again with: weights, the guard, and what is drawn from outside.</summary>
internal interface IReplayParts
{
    /// <summary>The plain rows that updates mixed in.</summary>
    ITuningRows Tuning { get; }

    /// <summary>What seeds are drawn from; null where it is not at hand.</summary>
    IRunInputs? Inputs { get; }

    /// <summary>The folder of one iterate's weights.</summary>
    string Weights(ModelRole role, int iteration);

    /// <summary>The guard that judged.</summary>
    Guard OpenGuard(Device device);

    /// <summary>Refuses to choose a round's pairs again where the rounds that it rests on are not all there.</summary>
    void RequireRounds(int round, IReadOnlyList<int> needed);
}
