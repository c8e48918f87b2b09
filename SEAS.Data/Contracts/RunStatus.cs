namespace SEAS.Data.Contracts;

/// <summary>Where a run is in its life. Stored by name.</summary>
public enum RunStatus
{
    /// <summary>Created and waiting for the training thread.</summary>
    Queued,

    /// <summary>The training thread works on it.</summary>
    Running,

    /// <summary>Ended early by a person or by the death of the process; resumes at the last finished unit of work.</summary>
    Stopped,

    /// <summary>Ended by an error, which <see cref="Run.Error"/> holds; may be tried again.</summary>
    Failed,

    /// <summary>Did everything that its plan asked for. Final.</summary>
    Finished,
}
