using SEAS.Training.Engine.Randomness;
using static TorchSharp.torch;

namespace SEAS.Training.Engine.Generation;

/// <summary>Chooses the next token of many answers at once.</summary>
internal interface ITokenChoice
{
    /// <param name="scores">Unnormalised log-probabilities, (R, V), float32.</param>
    /// <param name="rows">For each answer the row that it continues; several may continue one.</param>
    /// <param name="streams">Each answer's own stream, moved on by as many numbers as its token took.</param>
    /// <returns>A token for each answer.</returns>
    /// <exception cref="InvalidOperationException">A row's scores are not finite.</exception>
    int[] Next(Tensor scores, IReadOnlyList<int> rows, IReadOnlyList<RandomStream> streams);
}
