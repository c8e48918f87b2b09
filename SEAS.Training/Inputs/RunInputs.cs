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
        var embedded = new EmbeddedInputs(plan);
        var general = plan.InstructionSet is { } instructions
            ? new InstructionPool(plan, SetRows.Load(store, instructions, DatasetPurpose.Instructions, InstructionPool.Row))
            : null;
        if (plan.SeedSet is { } seeds)
        {
            var rows = SetRows.Load(store, seeds, DatasetPurpose.Seeds, SeedPrompts.Row);
            return new PromptInputs(plan, SeedPrompts.OfSet(plan, rows), general);
        }

        return plan.SeedFile is { } file ? new PromptInputs(plan, SeedPrompts.OfFile(plan, file), general)
            : general is null ? embedded
            : new InstructedInputs(embedded, general);
    }

    /// <summary>What is wrong with the sets that a plan names, a sentence each.</summary>
    public static IEnumerable<string> Problems(RunPlan plan, Store store) =>
        Of(plan.SeedSet, DatasetPurpose.Seeds).Concat(Of(plan.InstructionSet, DatasetPurpose.Instructions))
            .Concat(plan.EvaluationSets.Select(set => (Set: set, Purpose: DatasetPurpose.Evaluation)))
            .SelectMany(set => SetRows.Problems(store, set.Set, set.Purpose));

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
            : known[(prompt.Text, prompt.Stopped)] = AreForeign(plan)
                ? Measures.Fluency.Holds(prompt.Text, prompt.Stopped)
                : Truth.IsFluent(prompt.Text, prompt.Stopped);
    }
}
