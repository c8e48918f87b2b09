using SEAS.Data.Domain;

namespace SEAS.Training.Loop;

/// <summary>Opens the inputs that a plan names.</summary>
internal static class RunInputs
{
    public static IRunInputs Open(RunPlan plan) => plan.SeedFile is { } file ? new FileInputs(plan, file) : new EmbeddedInputs(plan);

    /// <summary>The plan's measure of fluency alone, each text measured once; needs none of the plan's files.</summary>
    public static Func<AdversarialPrompt, bool> Fluency(RunPlan plan)
    {
        var known = new Dictionary<(string, bool), bool>();
        return prompt => known.TryGetValue((prompt.Text, prompt.Stopped), out var isFluent)
            ? isFluent
            : known[(prompt.Text, prompt.Stopped)] = plan.SeedFile is null
                ? Embedded.Truth.IsFluent(prompt.Text, prompt.Stopped)
                : Measures.Fluency.Holds(prompt.Text, prompt.Stopped);
    }
}
