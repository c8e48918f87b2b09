namespace SEAS.Data.Contracts.Events;

/// <summary>Something that happened in a run. Numbered from 1 without gaps; pages and the hub replay events in that order.</summary>
/// <param name="Run">The run.</param>
/// <param name="Sequence">Its number within the run, from 1.</param>
/// <param name="AtUtc">When it happened.</param>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="Json">Its payload: a JSON object with the members listed at its kind; <c>{}</c> where there are none.</param>
public sealed record RunEvent(RunId Run, long Sequence, DateTimeOffset AtUtc, string Kind, string Json);
