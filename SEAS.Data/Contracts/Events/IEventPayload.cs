namespace SEAS.Data.Contracts.Events;

/// <summary>What an event of one kind holds. Written as JSON in camel case, stages and roles by name; members that are null are left out.</summary>
/// <remarks>Stored and sent to every client of the hub: a member keeps its name and its place.</remarks>
public interface IEventPayload
{
    /// <summary>The name of the kind: one of <see cref="EventKinds"/>.</summary>
    static abstract string Kind { get; }
}
