namespace SEAS.Data.Contracts;

/// <summary>Weights that a run wrote: R0, T0, R1, …</summary>
/// <param name="Role">Whose weights.</param>
/// <param name="Iteration">The iterate: 0 after initialization, i + 1 after round i.</param>
/// <param name="Folder">Where the model folder lies, relative to the data folder.</param>
/// <param name="Parent">The folder of the iterate that it was tuned from; null if it came from base weights.</param>
/// <param name="Sha256">Checksum of the weights file, in hexadecimal.</param>
/// <param name="CreatedUtc">When it was recorded.</param>
public sealed record Checkpoint(
    ModelRole Role, int Iteration, string Folder, string? Parent, string Sha256, DateTimeOffset CreatedUtc);
