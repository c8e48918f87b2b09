namespace SEAS.Training.Runs.Context;

/// <summary>A round missed a limit that its plan sets, and the plan says to stop then. Everything of the round is stored, and the run can be
/// resumed.</summary>
public sealed class RunHeldException(int round, IReadOnlyList<string> reasons) : Exception(
    $"The run stops after round {round}, as its plan says:\n{string.Join('\n', reasons.Select(reason => $"  • {reason}"))}\n"
    + "All of the round is stored. Look at it, then go on with './seas run --resume' or with Resume on the run's page.");
