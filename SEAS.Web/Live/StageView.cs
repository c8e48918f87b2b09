using System.Runtime.InteropServices;
using SEAS.Data.Contracts;

namespace SEAS.Web.Live;

/// <summary>Names a stage of a run; round 0 is the initialization.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct StageKey(int Round, RunStage Stage);

/// <summary>How far a stage is.</summary>
/// <param name="Done">Finished units of work.</param>
/// <param name="Total">All units of work; 0 while unknown.</param>
/// <param name="Seconds">How long it took; null until it is finished.</param>
public sealed record StageView(int Done, int Total, double? Seconds)
{
    /// <summary>What is known to be done beyond whole units, 0 to 1.</summary>
    public double Known { get; init; }

    /// <summary>0 to 1.</summary>
    public double Fraction => Seconds is not null ? 1 : Total > 0 ? Math.Clamp(Math.Max((double)Done / Total, Known), 0, 1) : 0;
}

/// <summary>One round in the strip of stages.</summary>
/// <param name="Round">0 is the initialization.</param>
/// <param name="Stages">Its stages in order; a null view has not begun.</param>
public sealed record RoundView(int Round, IReadOnlyList<(RunStage Stage, StageView? View)> Stages)
{
    private static readonly RunStage[] s_first = [RunStage.Initialization, RunStage.Evaluation];

    private static readonly RunStage[] s_later =
    [
        RunStage.Attack, RunStage.Judge, RunStage.Review, RunStage.Pairs, RunStage.OptimizeRed, RunStage.OptimizeTarget,
        RunStage.Evaluation,
    ];

    public bool HasBegun => Stages.Any(stage => stage.View is not null);

    public bool IsDone => Stages.All(stage => stage.View?.Seconds is not null);

    public double Seconds => Stages.Sum(stage => stage.View?.Seconds ?? 0);

    /// <summary>Every round of a run, begun or not. Rounds that went on without review, as branches do, show none.</summary>
    public static IReadOnlyList<RoundView> All(RunView view, int rounds) =>
        [.. Enumerable.Range(0, rounds + 1).Select(round => new RoundView(
            round,
            [.. (round == 0 ? s_first : s_later).Select(stage => (Stage: stage, View: Of(view, round, stage)))
                .Where(stage => stage.Stage != RunStage.Review || stage.View is not null || Of(view, round, RunStage.Pairs) is null)]))];

    private static StageView? Of(RunView view, int round, RunStage stage) => view.Stages.GetValueOrDefault(new StageKey(round, stage));
}
