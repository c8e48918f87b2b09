using SEAS.Data;
using SEAS.Data.Attacks;
using SEAS.Data.Contracts;
using SEAS.Training.Runs.Context;
using SEAS.Training.Runs.Ledger;
using SEAS.Training.Runs.Plan;
using SEAS.Training.Runs.Stages;

namespace SEAS.Training.Runs.Branching;

/// <summary>What a branch takes from its parent: everything up to the verdicts of the round that it does again.</summary>
/// <remarks>Taken over unit by unit, so that a branch whose copying was interrupted goes on with it. Weights stay where they are.</remarks>
internal static class BranchOrigin
{
    /// <summary>The plan of a branch.</summary>
    /// <exception cref="RunPlanException">The parent has not chosen that round's pairs, or is a branch itself.</exception>
    public static RunPlan Plan(Store store, RunId parent, int round)
    {
        var plan = RunPlanText.Of(store.Runs.Get(parent));
        var problems = new List<string>();
        if (plan.Branch is { } branch)
        {
            problems.Add($"Run {parent} is itself a branch of {branch.Parent}; branch from that one.");
        }

        if (!store.Units.IsDone(parent, LedgerUnits.Pairs(round)))
        {
            problems.Add($"Run {parent} has not chosen the pairs of round {round}; expected a round that it has been through. "
                + "Wait for it, or name an earlier round.");
        }

        RunPlanException.ThrowIfAny(problems);
        return plan with { Rounds = round, Branch = new BranchPlan(parent.Value, round), Review = plan.Review with { WaitForLabels = 0 } };
    }

    /// <summary>Takes over what is not there yet; nothing for a run that is no branch.</summary>
    public static void Copy(LoopContext context)
    {
        if (context.Plan.Branch is not { } branch)
        {
            return;
        }

        var parent = new RunId(branch.Parent);
        var done = context.Store.Units.Done(context.Id);
        var wanted = context.Store.Units.Done(parent).Where(key => IsBefore(key, branch.Round) && !done.Contains(key));
        foreach (var key in wanted.OrderBy(key => key.Round).ThenBy(key => key.Stage).ThenBy(key => key.Index))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Copy(context, parent, context.Store.Units.Find(parent, key)!);
        }
    }

    private static bool IsBefore(UnitKey key, int round) => key.Stage != RunStage.Review
        && key != LedgerUnits.FrozenDatasets(key.Round)
        && (key.Round < round || (key.Round == round && key.Stage is RunStage.Attack or RunStage.Judge));

    private static void Copy(LoopContext context, RunId parent, FinishedUnit unit)
    {
        var (store, key) = (context.Store, unit.Key);
        switch (key.Stage)
        {
            case RunStage.Attack:
                store.Attacks.SaveAttackUnit(
                    context.Id, key,
                    store.Attacks.Prompts(parent, key.Round).Where(row => IsIn(context, key, row.SeedIndex)),
                    store.Attacks.Responses(parent, key.Round).Where(row => IsIn(context, key, row.SeedIndex)), unit.ResultJson);
                break;
            case RunStage.Judge:
                store.Attacks.SaveVerdictUnit(
                    context.Id, key, store.Attacks.Verdicts(parent, key.Round).Where(row => IsIn(context, key, row.SeedIndex)),
                    unit.ResultJson);
                break;
            case RunStage.Pairs:
                ModelRole[] roles = [ModelRole.Red, ModelRole.Target];
                store.Pairs.SavePairs(
                    context.Id, key, roles.SelectMany(role => store.Pairs.Load(parent, key.Round, role)), unit.ResultJson);
                break;
            case RunStage.Initialization or RunStage.OptimizeRed or RunStage.OptimizeTarget:
                var weights = Checkpoint(store, parent, key);
                store.Checkpoints.Save(
                    context.Id, weights, key, unit.ResultJson, store.Steps.OfRound(parent, key.Round, weights.Role));
                break;
            case RunStage.Evaluation when key == LedgerUnits.EvaluationRow(key.Round):
                var row = store.Evaluations.List(parent).Single(row => row.Iteration == key.Round);
                store.Evaluations.Save(context.Id, key.Round, key, row.Json);
                context.Publish(StoredJson.Read<EvaluationRow>(row.Json));
                break;
            case RunStage.Evaluation when key.Index >= SetAnswerRepository.FirstUnit:
                store.SetAnswers.Save(context.Id, key, SetMeasurement.RowsOf(store, parent, unit), unit.ResultJson);
                break;
            default:
                store.Units.Record(context.Id, key, unit.ResultJson);
                break;
        }
    }

    private static bool IsIn(LoopContext context, UnitKey key, int seed) => seed / context.Plan.Attack.SeedsPerUnit == key.Index;

    private static Checkpoint Checkpoint(Store store, RunId parent, UnitKey key)
    {
        var role = key.Stage switch
        {
            RunStage.Initialization => (ModelRole)key.Index,
            RunStage.OptimizeRed => ModelRole.Red,
            _ => ModelRole.Target,
        };
        return store.Checkpoints.List(parent).Single(checkpoint => checkpoint.Role == role && checkpoint.Iteration == key.Round);
    }
}
