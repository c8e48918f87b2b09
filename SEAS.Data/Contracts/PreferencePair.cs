namespace SEAS.Data.Contracts;

/// <summary>A preference pair that one model is tuned on.</summary>
/// <param name="Round">The round it was chosen in.</param>
/// <param name="Role">Whose pair it is.</param>
/// <param name="Index">Its place within the round and role, from 0.</param>
/// <param name="Prompt">What both texts answer.</param>
/// <param name="Chosen">The better text.</param>
/// <param name="Rejected">The worse text.</param>
/// <param name="Source">The ids that it came from, so that it can be traced back to the attack.</param>
public sealed record PreferencePair(
    int Round, ModelRole Role, int Index, string Prompt, string Chosen, string Rejected, string Source);

/// <summary>How many pairs a round has for a model.</summary>
/// <param name="Round">The round.</param>
/// <param name="Role">The model.</param>
/// <param name="Count">Its pairs.</param>
public sealed record PairCount(int Round, ModelRole Role, long Count);
