using SEAS.Training.Runs.Branching;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Stages;

namespace SEAS.Training.Runs;

/// <summary>The SEAS loop: Initialization, then per round Attack → Judge → Review → Pairs → Optimize R →
/// Optimize T → Evaluate.</summary>
/// <remarks>
/// Source: "SEAS: Self-Evolving Adversarial Safety Optimization for Large Language Models", arXiv:2408.02632, figure 2. Each stage
/// skips the units that
/// the ledger holds, so running the loop again after a crash does what is left and nothing twice.
/// </remarks>
internal static class SeasLoop
{
    public static void Run(LoopContext context)
    {
        var clock = new RunClock(context.Plan.Rounds);
        BranchOrigin.Copy(context);
        Initialization.Run(context, clock);
        Evaluation.Run(context, clock, iteration: 0);
        for (var round = 1; round <= context.Plan.Rounds; round++)
        {
            AttackStage.Run(context, clock, round);
            JudgeStage.Run(context, clock, round);
            ReviewStage.Run(context, clock, round);
            PairStage.Run(context, clock, round);
            AdversarialOptimization.Red(context, clock, round);
            AdversarialOptimization.Target(context, clock, round);
            Evaluation.Run(context, clock, round);
            RoundDatasets.Run(context, round);
        }
    }
}
