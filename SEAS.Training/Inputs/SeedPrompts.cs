using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Data.Datasets.Import;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Inputs;

/// <summary>Seed prompts from outside: those to attack with, and those held out for the static attack success rate.</summary>
internal sealed record SeedPrompts(IReadOnlyList<TypedPrompt> Attack, IReadOnlyList<TypedPrompt> HeldOut)
{
    /// <summary>A file's; a fifth is held out, and nothing of fewer than five.</summary>
    public static SeedPrompts OfFile(RunPlan plan, string path) => Halved(
        plan, [.. PromptSetReader.Read(path).Prompts.Select(prompt => new TypedPrompt(prompt.Category, prompt.Prompt.Trim()))]);

    /// <summary>A set's row.</summary>
    public static (DatasetSplit Split, TypedPrompt Prompt) Row(SetRow row) => (row.Split, new TypedPrompt(row.Type, row.Row.Prompt.Trim()));

    /// <summary>A set's; held out is its test split, else its validation split, else a fifth as with a file.</summary>
    public static SeedPrompts OfSet(RunPlan plan, IReadOnlyList<(DatasetSplit Split, TypedPrompt Prompt)> rows)
    {
        var sides = rows.ToLookup(row => row.Split, row => row.Prompt);
        var held = sides[DatasetSplit.Test].Any() ? sides[DatasetSplit.Test] : sides[DatasetSplit.Validation];
        return held.Any() && sides[DatasetSplit.Train].Any()
            ? new SeedPrompts(Shuffled(plan, sides[DatasetSplit.Train]), Shuffled(plan, held))
            : Halved(plan, rows.Select(row => row.Prompt));
    }

    private static SeedPrompts Halved(RunPlan plan, IEnumerable<TypedPrompt> all)
    {
        var prompts = Shuffled(plan, all);
        var held = prompts.Count < 5 ? 0 : Math.Max(1, prompts.Count / 5);
        return new SeedPrompts(prompts[held..], held == 0 && !plan.IsOutside ? prompts : prompts[..held]);
    }

    private static List<TypedPrompt> Shuffled(RunPlan plan, IEnumerable<TypedPrompt> prompts)
    {
        var order = prompts.ToList();
        new RandomStream((ulong)plan.Seed, "seed-file").Shuffle(order);
        return order;
    }
}
