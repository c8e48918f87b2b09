using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Training.Runs.Plan;
using SEAS.Training.World;

namespace SEAS.Training.Inputs;

/// <summary>Opens the inputs that a plan names.</summary>
internal static class RunInputs
{
    /// <exception cref="RunPlanException">A set that the plan names is not in the store as it was.</exception>
    public static IRunInputs Open(RunPlan plan, Store store)
    {
        var general = plan.InstructionSet is { } instructions
            ? new InstructionPool(plan, SetRows.Load(store, instructions, DatasetPurpose.Instructions, InstructionPool.Row))
            : null;
        if (plan.SeedSet is { } seeds)
        {
            var rows = SetRows.Load(store, seeds, DatasetPurpose.Seeds, SeedPrompts.Row);
            return Prompts(SeedPrompts.OfSet(plan, rows));
        }

        if (plan.SeedFile is { } file)
        {
            return Prompts(SeedPrompts.OfFile(plan, file));
        }

        if (plan.IsOutside)
        {
            throw new RunPlanException(["A run from outside has no seed prompts; name a file or an imported set with --seeds NAME|FILE."]);
        }

        var embedded = new EmbeddedInputs(plan);
        return general is null ? embedded : new InstructedInputs(embedded, general);

        // Older runs on prompts from outside took what was missing from the embedded world, and are shown and repeated as they were.
        IRunInputs Prompts(SeedPrompts prompts) =>
            plan.IsOutside ? new OutsideInputs(plan, prompts, general) : new PromptInputs(plan, prompts, general);
    }

    /// <summary>What is wrong with the sets that a plan names, a sentence each.</summary>
    public static IEnumerable<string> Problems(RunPlan plan, Store store) =>
        Of(plan.SeedSet, DatasetPurpose.Seeds).Concat(Of(plan.InstructionSet, DatasetPurpose.Instructions))
            .Concat(plan.EvaluationSets.Select(set => (Set: set, Purpose: DatasetPurpose.Evaluation)))
            .SelectMany(set => SetRows.Problems(store, set.Set, set.Purpose))
            .Concat(plan.IsOutside ? new OutsideCheck(plan, store).Problems() : []);

    /// <summary>What a person should know of a plan's rows before the run starts, a sentence each; the plan has no problems.</summary>
    public static IEnumerable<string> Notices(RunPlan plan, Store store) => plan.IsOutside ? new OutsideCheck(plan, store).Notices() : [];

    private static IEnumerable<(SetReference Set, DatasetPurpose Purpose)> Of(SetReference? set, DatasetPurpose purpose) =>
        set is null ? [] : [(set, purpose)];

    /// <summary>Whether the plan's prompts come from outside, where only the guard can tell what is harm.</summary>
    public static bool AreForeign(RunPlan plan) => plan.SeedFile is not null || plan.SeedSet is not null;

    /// <summary>The rule by which answers to the harmless prompts count as refused.</summary>
    public static bool IsRefused(string prompt, string answer) => Truth.IsRefused(prompt, answer);

    /// <summary>The plan's measure of fluency alone, each text measured once; needs none of the plan's files.</summary>
    public static Func<AdversarialPrompt, bool> Fluency(RunPlan plan)
    {
        var known = new Dictionary<(string, bool), bool>();
        return prompt => known.TryGetValue((prompt.Text, prompt.Stopped), out var isFluent)
            ? isFluent
            : known[(prompt.Text, prompt.Stopped)] = plan.IsOutside ? OutsideInputs.Holds(prompt.Text)
                : AreForeign(plan)
                ? Measures.Fluency.Holds(prompt.Text, prompt.Stopped)
                : Truth.IsFluent(prompt.Text, prompt.Stopped);
    }
}
