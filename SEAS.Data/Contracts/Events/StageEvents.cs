namespace SEAS.Data.Contracts.Events;

/// <summary>A stage of a round begins.</summary>
/// <param name="Round">The round; 0 before the first.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Total">Units of work in the stage.</param>
public sealed record StageStartedEvent(int Round, RunStage Stage, int Total) : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.StageStarted;
}

/// <summary>A stage of a round has ended well.</summary>
/// <param name="Round">The round; 0 before the first.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Seconds">How long it took, in seconds.</param>
public sealed record StageFinishedEvent(int Round, RunStage Stage, double Seconds) : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.StageFinished;
}

/// <summary>How far a stage is; at most four times a second.</summary>
/// <param name="Round">The round; 0 before the first.</param>
/// <param name="Stage">The stage.</param>
/// <param name="Done">Units of work that are done.</param>
/// <param name="Total">All of them.</param>
/// <param name="Tokens">Tokens that the stage took so far.</param>
/// <param name="TokensPerSecond">The mean so far; null where nobody counted.</param>
/// <param name="RssMib">Resident memory of the process, in MiB.</param>
/// <param name="SecondsLeft">Until the run ends, in seconds; null while unknown.</param>
public sealed record ProgressEvent(
    int Round, RunStage Stage, int Done, int Total, long Tokens, double? TokensPerSecond, int? RssMib, double? SecondsLeft) : IEventPayload
{
    static string IEventPayload.Kind => EventKinds.Progress;
}
