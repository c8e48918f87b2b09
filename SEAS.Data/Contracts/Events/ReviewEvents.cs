namespace SEAS.Data.Contracts.Events;

/// <summary>A round's doubtful verdicts are there to be labelled.</summary>
/// <param name="Round">The round, from 1.</param>
/// <param name="Items">How many.</param>
public sealed record ReviewCollectedEvent(int Round, int Items) : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.ReviewCollected;
}

/// <summary>A round waits for people; comes again with each label.</summary>
/// <param name="Round">The round, from 1.</param>
/// <param name="Labels">Labels so far.</param>
/// <param name="Wanted">Labels that it waits for.</param>
/// <param name="Items">Items of the round.</param>
public sealed record ReviewWaitingEvent(int Round, int Labels, int Wanted, long Items) : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.ReviewWaiting;
}

/// <summary>A round that waited goes on.</summary>
/// <param name="Round">The round, from 1.</param>
/// <param name="Labels">Labels that it has.</param>
/// <param name="Wanted">Labels that it waited for.</param>
public sealed record ReviewReleasedEvent(int Round, int Labels, int Wanted) : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.ReviewReleased;
}
