using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Training.Runs.Plan;

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

    /// <summary>The plan with the evaluation sets that it measures.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="store">The store that holds the sets.</param>
    /// <param name="named">Sets by name, or files, which are taken in as sets of that purpose first.</param>
    /// <param name="taken">Told of each file that was taken in.</param>
    /// <exception cref="RunPlanException">Something is neither a set nor a file.</exception>
    /// <exception cref="PromptSetException">A file cannot be read, or has rows with problems.</exception>
    public static RunPlan Measured(RunPlan plan, Store store, IReadOnlyList<string> named, Action<ImportedSet>? taken = null)
    {
        var problems = named.Where(name => store.Sets.Find(name) is null && !File.Exists(name)).Select(name =>
            $"--evaluation names '{name}', which is neither an imported set ({Known(store)}) nor a file; "
            + "take a file in with: ./seas import FILE --as evaluation");
        RunPlanException.ThrowIfAny([.. problems]);
        return named.Count == 0 ? plan : plan with
        {
            EvaluationSets = [.. named.Select(name => store.Sets.Find(name) ?? Taken(store, name, taken))
                .Select(set => new SetReference(set.Name, set.Content))],
        };
    }

    // A run is measured by rows that stay: a file that is changed while it runs would make its figures no series.
    private static ImportedSet Taken(Store store, string file, Action<ImportedSet>? taken)
    {
        var request = new SetRequest(Path.GetFullPath(file), DatasetPurpose.Evaluation);
        if (store.Sets.Find(SetImport.NameOf(request)) is { Purpose: DatasetPurpose.Evaluation } known
            && store.Sets.Import.Preview(request).Sha256 == known.Sha256)
        {
            return known;
        }

        var set = store.Sets.Import.Apply(request).Set;
        taken?.Invoke(set);
        return set;
    }

    private static string Known(Store store) =>
        store.Sets.List() is { Count: > 0 } sets ? string.Join(", ", sets.Select(set => set.Name)) : "there are none";
}
