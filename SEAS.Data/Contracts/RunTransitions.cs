namespace SEAS.Data.Contracts;

/// <summary>Which way a run may go.</summary>
internal static class RunTransitions
{
    /// <summary>The states from which a run may become <paramref name="to"/>.</summary>
    public static IReadOnlyList<RunStatus> Into(RunStatus to) => to switch
    {
        RunStatus.Queued => [RunStatus.Stopped, RunStatus.Failed],
        RunStatus.Running => [RunStatus.Queued, RunStatus.Stopped, RunStatus.Failed],
        RunStatus.Stopped => [RunStatus.Queued, RunStatus.Running],
        RunStatus.Failed => [RunStatus.Queued, RunStatus.Running],
        RunStatus.Finished => [RunStatus.Running],
        _ => [],
    };

    /// <summary>What a person can do with a run in this state.</summary>
    public static string Advice(RunStatus from) => from switch
    {
        RunStatus.Queued => "It can be started or stopped.",
        RunStatus.Running => "It can be stopped; wait for it to end.",
        RunStatus.Stopped or RunStatus.Failed => "It can be resumed.",
        _ => "A finished run stays as it is; start a new one.",
    };
}
