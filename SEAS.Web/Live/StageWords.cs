using SEAS.Data.Contracts;

namespace SEAS.Web.Live;

/// <summary>Stages, rounds and states in plain words.</summary>
public static class StageWords
{
    public static string Of(RunStage stage) => stage switch
    {
        RunStage.Initialization => "tune R0 and T0",
        RunStage.Attack => "attack",
        RunStage.Judge => "judge",
        RunStage.Review => "review",
        RunStage.Pairs => "pairs",
        RunStage.OptimizeRed => "tune R",
        RunStage.OptimizeTarget => "tune T",
        RunStage.Evaluation => "evaluate",
        _ => stage.ToString(),
    };

    public static string OfRound(int round) => round == 0 ? "Initialization" : FormattableString.Invariant($"Round {round}");

    /// <summary>What the chip beside the title says.</summary>
    public static string Chip(RunStatus status, RunView view, int rounds) => status switch
    {
        RunStatus.Running => string.Join(" · ", Running(view, rounds)),
        RunStatus.Queued => "queued · starts as soon as the machine is free",
        RunStatus.Stopped => "stopped · everything done so far is kept",
        RunStatus.Failed => "failed",
        RunStatus.Finished => "finished",
        _ => status.ToString(),
    };

    /// <summary>What a screen reader is told: the stage, but not each percent of it.</summary>
    public static string Spoken(RunStatus status, RunView view, int rounds) => status == RunStatus.Running && view.Current is { } current
        ? $"{Place(current, rounds)}, {Of(current.Stage)}"
        : Chip(status, view, rounds);

    private static string Place(StageKey current, int rounds) =>
        current.Round == 0 ? "initialization" : FormattableString.Invariant($"round {current.Round} of {rounds}");

    private static IEnumerable<string> Running(RunView view, int rounds)
    {
        if (view.Current is not { } current)
        {
            yield return "starting";
            yield break;
        }

        yield return Place(current, rounds);
        var stage = view.Stages.GetValueOrDefault(current);
        yield return stage is { Total: > 1 }
            ? FormattableString.Invariant($"{Of(current.Stage)} {100 * stage.Fraction:0}\u202f%")
            : Of(current.Stage);
        if (view.Engine.SecondsLeft is { } left)
        {
            yield return $"{Units.Duration(left)} left";
        }
    }
}
