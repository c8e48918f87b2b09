namespace SEAS.Data.Contracts.Events;

/// <summary>The kinds of <see cref="RunEvent"/>, and the members of each one's JSON payload.</summary>
/// <remarks>
/// Names of stages and roles are those of <see cref="RunStage"/> and <see cref="ModelRole"/>. Seconds, MiB and tokens are plain numbers.
/// </remarks>
public static class EventKinds
{
    /// <summary>See <see cref="RunStartedEvent"/>.</summary>
    public const string RunStarted = "run-started";

    /// <summary>See <see cref="RunFinishedEvent"/>.</summary>
    public const string RunFinished = "run-finished";

    /// <summary>See <see cref="RunFailedEvent"/>.</summary>
    public const string RunFailed = "run-failed";

    /// <summary>See <see cref="RunStoppedEvent"/>.</summary>
    public const string RunStopped = "run-stopped";

    /// <summary>See <see cref="StageStartedEvent"/>.</summary>
    public const string StageStarted = "stage-started";

    /// <summary>See <see cref="StageFinishedEvent"/>.</summary>
    public const string StageFinished = "stage-finished";

    /// <summary>See <see cref="ProgressEvent"/>.</summary>
    public const string Progress = "progress";

    /// <summary>See <see cref="MetricsEvent"/>.</summary>
    public const string Metrics = "metrics";

    /// <summary>See <see cref="TrainingTakenUpEvent"/>.</summary>
    public const string TrainingTakenUp = "training-taken-up";

    /// <summary>See <see cref="AttackEvent"/>.</summary>
    public const string Attack = "attack";

    /// <summary>See <see cref="CheckpointEvent"/>.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>An evaluation was stored. Payload: <c>iteration</c> and the members of its <see cref="StoredEvaluation"/>.</summary>
    public const string Evaluation = "evaluation";

    /// <summary>See <see cref="DatasetsFrozenEvent"/>.</summary>
    public const string DatasetsFrozen = "datasets-frozen";

    /// <summary>See <see cref="AlertEvent"/>.</summary>
    public const string Alert = "alert";

    /// <summary>
    /// Models behind endpoints were asked. Payload: <c>role, host, model, answeredBy, calls, retries, promptTokens, answerTokens,
    /// uncounted, withheld, noAnswer</c> (the last where there are some); counts since the last such event.
    /// </summary>
    public const string Endpoint = "endpoint";

    /// <summary>See <see cref="ReviewCollectedEvent"/>.</summary>
    public const string ReviewCollected = "review-collected";

    /// <summary>See <see cref="ReviewWaitingEvent"/>.</summary>
    public const string ReviewWaiting = "review-waiting";

    /// <summary>See <see cref="ReviewReleasedEvent"/>.</summary>
    public const string ReviewReleased = "review-released";
}
