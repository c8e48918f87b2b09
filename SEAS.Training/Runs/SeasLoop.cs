using SEAS.Training.Runs.Branching;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Stages;

namespace SEAS.Training.Runs;

/// <summary>The SEAS loop: Initialization, then per round Attack → Judge → Review → Pairs → Optimize R →
/// Optimize T → Evaluate.</summary>
/// <remarks>
/// Source: "SEAS: Self-Evolving Adversarial Safety Optimization for Large Language Models", arXiv:2408.02632, figure 2. The stages
/// stand in <see cref="RoundStages"/>; each skips the units that the ledger holds, so running the loop again after a crash does what is left
/// and nothing twice.
/// </remarks>
internal static class SeasLoop
{
    public static void Run(LoopContext context)
    {
        var clock = new RunClock(
            context.Plan.Rounds, [.. RoundStages.Initial.Select(stage => stage.Stage)], [.. RoundStages.EachRound.Select(stage => stage.Stage)]);
        BranchOrigin.Copy(context);
        foreach (var stage in RoundStages.Initial)
        {
            stage.Run(context, clock, 0);
        }

        for (var round = 1; round <= context.Plan.Rounds; round++)
        {
            foreach (var stage in RoundStages.EachRound)
            {
                stage.Run(context, clock, round);
            }
        }
    }
}
