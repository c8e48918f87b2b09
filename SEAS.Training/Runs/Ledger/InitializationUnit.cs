namespace SEAS.Training.Runs.Ledger;

/// <summary>The entry of a first iterate in the ledger.</summary>
/// <param name="Examples">Rows that the base was tuned on.</param>
/// <param name="BaseSha256">Checksum of the base; null in runs older than this member.</param>
internal sealed record InitializationUnit(int Examples, string? BaseSha256);
