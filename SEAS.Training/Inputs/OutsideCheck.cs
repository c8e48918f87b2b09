using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import;
using SEAS.Data.Datasets.Import.Sources;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Inputs;

/// <summary>Looks at the rows that a run from outside begins with: what stops it, and what a person should know before it starts.</summary>
internal sealed class OutsideCheck(RunPlan plan, Store store)
{
    /// <summary>Characters of one seed prompt. A longer one is no prompt that a model is asked, and k of them fill any context.</summary>
    public const int LongestSeed = 20_000;

    /// <summary>Characters of one instruction and its answer together.</summary>
    public const int LongestInstruction = 200_000;

    private const int Named = 5;

    /// <summary>What stops the run, a sentence each.</summary>
    public IEnumerable<string> Problems()
    {
        var (seeds, problems) = Seeds();
        return problems.Concat(seeds is null ? [] : TooFew(seeds)).Concat(Instructions());
    }

    /// <summary>What does not stop it, and is to be known all the same.</summary>
    public IEnumerable<string> Notices()
    {
        if (Seeds().Seeds is not { } seeds)
        {
            yield break;
        }

        var all = seeds.Attack.Concat(seeds.HeldOut).ToList();
        var untyped = all.Count(prompt => prompt.Category == CategoryLabel.Uncategorized);
        if (untyped > 0)
        {
            yield return $"{untyped} of {all.Count} seeds have no type: they count as one type of their own, '{CategoryLabel.Uncategorized}'.";
        }

        if (seeds.HeldOut.Count == 0)
        {
            yield return $"{all.Count} seeds are too few to hold any out of the attacks: attack success on held-out prompts is not measured. "
                + "Five are needed.";
        }

        var trained = new HashSet<string>(seeds.Attack.Select(prompt => prompt.Text), StringComparer.OrdinalIgnoreCase);
        if (plan.InstructionSet is { } instructions)
        {
            trained.UnionWith(SetRows.All(store, instructions).Select(row => SetRows.Message(row.Row).Trim()));
        }

        foreach (var set in plan.EvaluationSets)
        {
            var both = SetRows.All(store, set).Where(row => trained.Contains(SetRows.Message(row.Row).Trim())).Select(row => row.Number).ToList();
            if (both.Count > 0)
            {
                yield return $"{both.Count} rows of the evaluation set '{set.Name}' are also attacked with or learned from (row "
                    + $"{List(both.Select(row => $"{row}"))}): its figures say less than they seem to.";
            }
        }
    }

    private (SeedPrompts? Seeds, List<string> Problems) Seeds()
    {
        try
        {
            if (plan.SeedSet is { } set)
            {
                if (SetRows.Problems(store, set, DatasetPurpose.Seeds).Any())
                {
                    return (null, []);   // said where sets are looked at
                }

                var rows = SetRows.All(store, set).ToList();
                return (SeedPrompts.OfSet(plan, rows.ConvertAll(SeedPrompts.Row)),
                    [.. TooLong(rows.Select(row => (row.Number, row.Row.Prompt.Length)), $"the seeds '{set.Name}'", LongestSeed)]);
            }

            if (plan.SeedFile is not { } file || !File.Exists(file))
            {
                return (null, []);   // said where the plan is looked at
            }

            var read = PromptSetReader.Read(file);
            List<string> problems =
            [
                .. Damaged(Path.GetFileName(file), read.Errors),
                .. TooLong(read.Prompts.Select(prompt => ((long)prompt.Row, prompt.Prompt.Length)), Path.GetFileName(file), LongestSeed),
            ];
            return (SeedPrompts.OfFile(plan, file), problems);
        }
        catch (PromptSetException error)
        {
            return (null, [error.Message]);
        }
    }

    private static IEnumerable<string> Damaged(string file, IReadOnlyList<RowError> errors)
    {
        if (errors.Count > 0)
        {
            var named = List(errors.Select(error => $"row {error.Row}, {error.Column}: {error.Message}"), "; ");
            yield return $"{errors.Count} rows of {file} cannot be read: {named}. "
                + "Mend them, or leave them out knowingly: ./seas import FILE --as seeds says how.";
        }
    }

    private static IEnumerable<string> TooLong(IEnumerable<(long Row, int Length)> rows, string where, int most)
    {
        var found = rows.Where(row => row.Length > most).ToList();
        if (found.Count > 0)
        {
            yield return $"{found.Count} rows of {where} are too long ({List(found.Select(row => $"row {row.Row} of {row.Length} characters"))}); "
                + $"expected at most {most} characters. Shorten them or leave them out.";
        }
    }

    private IEnumerable<string> TooFew(SeedPrompts seeds)
    {
        var held = seeds.HeldOut.CountBy(prompt => prompt.Category).ToDictionary();
        return seeds.Attack.CountBy(prompt => prompt.Category).Where(type => type.Value <= plan.Attack.Shots)
            .OrderBy(type => type.Key, StringComparer.Ordinal)
            .Select(type => $"The type '{type.Key}' has {type.Value} rows to attack with, and {held.GetValueOrDefault(type.Key)} held out; "
                + $"R is shown Attack.Shots = {plan.Attack.Shots} and learns one more, so {plan.Attack.Shots + 1} are needed. "
                + "Add rows of it, leave it out, or set fewer shots.");
    }

    private IEnumerable<string> Instructions()
    {
        if (plan.InstructionSet is not { } set || SetRows.Problems(store, set, DatasetPurpose.Instructions).Any())
        {
            return [];
        }

        return TooLong(
            SetRows.All(store, set).Select(row => (row.Number, row.Row.Prompt.Length + (row.Row.Answer?.Length ?? 0))),
            $"the instructions '{set.Name}'", LongestInstruction);
    }

    private static string List(IEnumerable<string> all, string between = ", ")
    {
        var texts = all.ToList();
        return string.Join(between, texts.Take(Named)) + (texts.Count > Named ? $" and {texts.Count - Named} more" : "");
    }
}
