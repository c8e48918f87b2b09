using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Training.Engine.Randomness;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Inputs;

/// <summary>An imported set of instructions that T learns from.</summary>
internal sealed class InstructionPool(RunPlan plan, IReadOnlyList<(DatasetSplit Split, InstructionRow Row)> rows)
{
    // What is held out of training by its split is never learned.
    private readonly List<InstructionRow> _rows = [.. rows.Where(row => row.Split == DatasetSplit.Train).Select(row => row.Row)];

    /// <summary>The prompts of what may be learned.</summary>
    public IEnumerable<string> Prompts => _rows.Select(row => row.Prompt);

    /// <summary>A set's row.</summary>
    public static (DatasetSplit Split, InstructionRow Row) Row(SetRow row) =>
        (row.Split, new InstructionRow(SetRows.Message(row.Row), row.Row.Answer ?? ""));

    /// <summary>
    /// As many rows as asked for: a random choice without repeats, or, of a set that has fewer, all of it over and over in new orders.
    /// </summary>
    /// <exception cref="RunPlanException">The set holds nothing to learn from.</exception>
    public IReadOnlyList<InstructionRow> Rows(int count, string stream)
    {
        if (_rows.Count == 0 && count > 0)
        {
            throw new RunPlanException([
                $"The set '{plan.InstructionSet?.Name}' has no rows to learn from; expected some in its train split.",
            ]);
        }

        var chosen = new List<InstructionRow>(count);
        for (var pass = 0; chosen.Count < count; pass++)
        {
            var order = _rows.ToList();
            new RandomStream((ulong)plan.Seed, stream + "/instructions", pass).Shuffle(order);
            chosen.AddRange(order.Take(count - chosen.Count));
        }

        return chosen;
    }
}
