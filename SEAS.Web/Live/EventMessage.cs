using System.Text.Json;
using SEAS.Data.Contracts.Events;

namespace SEAS.Web.Live;

/// <summary>An event as programs get it, over the hub and the JSON API.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Sequence">The event's number within its run, from 1, without gaps.</param>
/// <param name="AtUtc">When it happened.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Payload">The members of its kind, as a JSON object.</param>
public sealed record EventMessage(string Run, long Sequence, DateTimeOffset AtUtc, string Kind, JsonElement Payload)
{
    public static EventMessage From(RunEvent happened) =>
        new(happened.Run.Value, happened.Sequence, happened.AtUtc, happened.Kind, JsonElement.Parse(happened.Json));
}
