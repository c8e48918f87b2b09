using Microsoft.AspNetCore.Components;
using SEAS.Data.Contracts;
using SEAS.Web.Live;

namespace SEAS.Web.Components.Pages.RunDetail;

/// <summary>Every round with its stages: done, at work, still to come.</summary>
public sealed partial class StageStrip : ComponentBase
{
    [Parameter, EditorRequired]
    public RunId Run { get; set; }

    [Parameter, EditorRequired]
    public RunView View { get; set; } = null!;

    [Parameter]
    public int Rounds { get; set; }

    [Parameter]
    public bool IsRunning { get; set; }

    private bool IsCurrent(RoundView round) => View.Current?.Round == round.Round && !round.IsDone;

    // A round whose answers are judged has a page that says what labels do to it.
    private static bool HasEffects(RoundView round) =>
        round.Stages.Any(stage => stage.Stage == RunStage.Judge && stage.View?.Seconds is not null);

    private string Note(RoundView round)
    {
        if (round.IsDone)
        {
            return $"✓ {Units.Clock(round.Seconds)}";
        }

        if (!round.HasBegun)
        {
            return "waits";
        }

        if (!IsRunning)
        {
            return "paused";
        }

        return View.Current is { } current && current.Round == round.Round && View.Stages.GetValueOrDefault(current) is { Total: > 1 } stage
            ? FormattableString.Invariant($"{stage.Done} of {stage.Total}")
            : "";
    }

    private string Look(int round, RunStage stage, StageView? view) =>
        view?.Seconds is not null ? "done"
        : view is null ? "todo"
        : IsRunning && View.Current == new StageKey(round, stage) ? "now"
        : "paused";

    // A stage that tells nothing of itself while it works still shows that it works.
    private static string Part(StageView? view) =>
        view is null ? "0%" : FormattableString.Invariant($"{100 * Math.Max(view.Fraction, 0.06):0}%");

    private string Spoken(int round, RunStage stage, StageView? view) => Look(round, stage, view) switch
    {
        "done" => $": done in {Units.Duration(view!.Seconds!.Value)}",
        "now" => FormattableString.Invariant($": at work, {100 * view!.Fraction:0} percent"),
        "paused" => ": begun, not finished",
        _ => ": not begun",
    };
}
