namespace SEAS.Data.Contracts;

/// <summary>One run of the SEAS loop, as the store knows it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Preset">The preset that its plan was made from.</param>
/// <param name="Seed">Every random stream of the run derives from this number.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="PlanJson">The complete plan; enough to resume without the command line that started it.</param>
/// <param name="ConfigHash">Hash of the plan: two runs with the same hash and seed give the same figures.</param>
/// <param name="CreatedUtc">When it was put into the queue.</param>
/// <param name="StartedUtc">When it first ran; a resumed run keeps its first start.</param>
/// <param name="FinishedUtc">When it last came to an end, whether finished, stopped or failed; null while queued or running.</param>
/// <param name="Error">Why it failed; null unless <see cref="RunStatus.Failed"/>.</param>
/// <param name="ActiveSeconds">Seconds spent working, summed over all resumptions.</param>
public sealed record Run(
    RunId Id,
    string Preset,
    long Seed,
    RunStatus Status,
    string PlanJson,
    string ConfigHash,
    DateTimeOffset CreatedUtc,
    DateTimeOffset? StartedUtc,
    DateTimeOffset? FinishedUtc,
    string? Error,
    double ActiveSeconds);
