using SEAS.Data.Contracts;
using SEAS.Training.Runs.Context;

namespace SEAS.Training.Runs.Stages;

/// <summary>One stage of a run.</summary>
/// <param name="Stage">Its name in events, in the ledger and on pages.</param>
/// <param name="Run">Does what is left of it: units that the ledger holds are skipped, so it may be called again after any crash.</param>
internal sealed record RoundStage(RunStage Stage, Action<LoopContext, RunClock, int> Run);

/// <summary>The stages of a run, in their order: a new one is a file beside these and a line here.</summary>
/// <remarks>Source: "SEAS: Self-Evolving Adversarial Safety Optimization for Large Language Models", arXiv:2408.02632, figure 2.</remarks>
internal static class RoundStages
{
    /// <summary>Before the first round: the bases become R0 and T0 and are measured.</summary>
    public static IReadOnlyList<RoundStage> Initial { get; } =
    [
        new(RunStage.Initialization, InitializeStage.Run),
        new(RunStage.Evaluation, EvaluateStage.Run),
    ];

    /// <summary>Every round.</summary>
    public static IReadOnlyList<RoundStage> EachRound { get; } =
    [
        new(RunStage.Attack, AttackStage.Run),
        new(RunStage.Judge, JudgeStage.Run),
        new(RunStage.Review, ReviewStage.Run),
        new(RunStage.Pairs, PairStage.Run),
        new(RunStage.OptimizeRed, OptimizeStage.Red),
        new(RunStage.OptimizeTarget, OptimizeStage.Target),
        new(RunStage.Evaluation, EvaluateStage.Run),
        new(RunStage.Evaluation, (context, _, round) => FreezeStage.Run(context, round)),   // its units stand among the evaluation's
        new(RunStage.Evaluation, (context, _, round) => GateStage.Run(context, round)),     // and so does its one
    ];
}
