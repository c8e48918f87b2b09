using SEAS.Data.Contracts.Review;
using SEAS.Training.Endpoints;

namespace SEAS.Training.Runs.Ledger;

/// <summary>The entry of some verdicts in the ledger.</summary>
/// <param name="UnsafeAnswers">How many say unsafe.</param>
/// <param name="Threshold">From which score on; null in runs older than this member, which were judged by their plan's.</param>
/// <param name="GuardSha256">Checksum of the guard; null in runs older than this member.</param>
/// <param name="Scale">How labels calibrated the scores; null where they are taken as they are.</param>
/// <param name="Endpoint">What the guard's endpoint was asked; null where its weights judged.</param>
/// <param name="Words">Verdicts of that endpoint that came without a probability; null where its weights judged.</param>
internal sealed record JudgedUnit(
    int UnsafeAnswers, double? Threshold, string? GuardSha256, ScoreScale? Scale = null, EndpointUse? Endpoint = null, int? Words = null)
{
    /// <summary>Answers that the guard gave no verdict that can be read; null for none, and in runs older than this member.</summary>
    public int? Unscored { get; init; }
}
