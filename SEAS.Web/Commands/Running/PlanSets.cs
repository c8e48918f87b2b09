using SEAS.Data;
using SEAS.Training.Loop;

namespace SEAS.Web.Commands;

/// <summary>Puts imported sets into a plan where the command line names them.</summary>
internal static class PlanSets
{
    /// <summary>The plan with its sets.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="store">The store that holds the sets.</param>
    /// <param name="seeds">What <c>--seeds</c> says: a set's name wins over a file's, <c>./name</c> is always a file.</param>
    /// <param name="instructions">What <c>--instructions</c> says.</param>
    /// <exception cref="RunPlanException">A set is not there.</exception>
    public static RunPlan Named(RunPlan plan, Store store, string? seeds, string? instructions)
    {
        if (seeds is not null && store.Sets.Find(seeds) is { } set)
        {
            plan = plan with { SeedFile = null, SeedSet = new SetReference(set.Name, set.Content) };
        }
        else if (seeds is not null && !File.Exists(seeds))
        {
            throw new RunPlanException([
                $"--seeds names '{seeds}', which is neither an imported set ({Known(store)}) nor a file; "
                + "take a file in with: ./seas import FILE --as seeds",
            ]);
        }

        if (instructions is not null)
        {
            var learned = store.Sets.Find(instructions) ?? throw new RunPlanException([
                $"--instructions names '{instructions}', which is no imported set ({Known(store)}); "
                + "take a file in with: ./seas import FILE --as instructions",
            ]);
            plan = plan with { InstructionSet = new SetReference(learned.Name, learned.Content) };
        }

        return plan;
    }

    private static string Known(Store store) =>
        store.Sets.List() is { Count: > 0 } sets ? string.Join(", ", sets.Select(set => set.Name)) : "there are none";
}
