namespace SEAS.Data.Contracts.Events;

/// <summary>The training thread took the run up, for the first time or again.</summary>
public sealed record RunStartedEvent() : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.RunStarted;
}

/// <summary>The plan is fulfilled.</summary>
public sealed record RunFinishedEvent() : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.RunFinished;
}

/// <summary>An error ended the run.</summary>
/// <param name="Message">What failed.</param>
public sealed record RunFailedEvent(string Message) : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.RunFailed;
}

/// <summary>A person ended the run, or the process is shutting down.</summary>
public sealed record RunStoppedEvent() : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.RunStopped;
}
