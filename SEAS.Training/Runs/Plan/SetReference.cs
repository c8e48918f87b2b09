namespace SEAS.Training.Runs.Plan;

/// <summary>An imported set that a run uses, by its name and by what its rows say: one of that name with other rows is refused.</summary>
/// <param name="Name">Its name in the store.</param>
/// <param name="Content">SHA-256 of its rows, as the store has it.</param>
public sealed record SetReference(string Name, string Content);
