using SEAS.Data.Contracts.Review;

namespace SEAS.Training.Runs.Ledger;

/// <summary>Pairs of one round, by use.</summary>
internal sealed record PairCounts(int Round, int Red, int Target, int General);

/// <summary>The entry of a round's pairs in the ledger: <see cref="PairCounts"/>, and what people had said when they were chosen.</summary>
/// <param name="Round">The round.</param>
/// <param name="Red">R's pairs.</param>
/// <param name="Target">T's pairs.</param>
/// <param name="General">General rows of T's update.</param>
/// <param name="Labels">The labels in effect, with the decisions that they rest on; null if there were none.</param>
internal sealed record PairUnit(int Round, int Red, int Target, int General, IReadOnlyList<EffectiveLabel>? Labels);
