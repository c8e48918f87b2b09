namespace SEAS.Data.Contracts.Events;

/// <summary>The kinds of <see cref="RunEvent"/>, and the members of each one's JSON payload.</summary>
/// <remarks>
/// Names of stages and roles are those of <see cref="RunStage"/> and <see cref="ModelRole"/>. Seconds, MiB and tokens are plain numbers.
/// </remarks>
public static class EventKinds
{
    /// <summary>The training thread took the run up, for the first time or again. Payload: none.</summary>
    public const string RunStarted = "run-started";

    /// <summary>The plan is fulfilled. Payload: none.</summary>
    public const string RunFinished = "run-finished";

    /// <summary>An error ended the run. Payload: <c>message</c>.</summary>
    public const string RunFailed = "run-failed";

    /// <summary>A person ended the run, or the process is shutting down. Payload: none.</summary>
    public const string RunStopped = "run-stopped";

    /// <summary>Payload: <c>round, stage, total</c> (units of work in the stage).</summary>
    public const string StageStarted = "stage-started";

    /// <summary>Payload: <c>round, stage, seconds</c>.</summary>
    public const string StageFinished = "stage-finished";

    /// <summary>Payload: <c>round, stage, done, total, tokens, tokensPerSecond, rssMib, secondsLeft</c> (null while unknown).</summary>
    public const string Progress = "progress";

    /// <summary>Payload: <c>role, round, step, totalSteps, values</c>; values maps the names of TRL's metrics to numbers.</summary>
    public const string Metrics = "metrics";

    /// <summary>
    /// One judged answer. Payload: <c>round, seed, prompt, answer</c> (indices), <c>category, promptText, answerText, score, unsafe,
    /// trulyUnsafe</c> (null where nobody can know).
    /// </summary>
    public const string Attack = "attack";

    /// <summary>Weights were written. Payload: <c>role, iteration, folder, sha256</c>.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>An evaluation was stored. Payload: <c>iteration</c> and the members of its <see cref="StoredEvaluation"/>.</summary>
    public const string Evaluation = "evaluation";

    /// <summary>A round's datasets were frozen. Payload: <c>round, version, rows, bytes</c>.</summary>
    public const string DatasetsFrozen = "datasets-frozen";

    /// <summary>Something a person should know although the run goes on. Payload: <c>text</c>.</summary>
    public const string Alert = "alert";

    /// <summary>
    /// Models behind endpoints were asked. Payload: <c>role, host, model, answeredBy, calls, retries, promptTokens, answerTokens,
    /// uncounted, withheld</c>; counts since the last such event.
    /// </summary>
    public const string Endpoint = "endpoint";

    /// <summary>A round's doubtful verdicts are there to be labelled. Payload: <c>round, items</c>.</summary>
    public const string ReviewCollected = "review-collected";

    /// <summary>A round waits for people; comes again with each label. Payload: <c>round, labels, wanted, items</c>.</summary>
    public const string ReviewWaiting = "review-waiting";

    /// <summary>A round that waited goes on. Payload: <c>round, labels, wanted</c>.</summary>
    public const string ReviewReleased = "review-released";
}
