using SEAS.Data;
using SEAS.Data.Contracts;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Staging;
using SEAS.Training.Runs.Plan;

namespace SEAS.Training.Inputs;

/// <summary>Reads the rows of an imported set for a run.</summary>
internal static class SetRows
{
    private const int Page = 5000;

    /// <exception cref="RunPlanException">The set is not there, has other rows than the plan's, or is for something else.</exception>
    public static List<T> Load<T>(Store store, SetReference reference, DatasetPurpose purpose, Func<SetRow, T> read)
    {
        RunPlanException.ThrowIfAny([.. Problems(store, reference, purpose)]);
        return [.. All(store, reference).Select(read)];
    }

    /// <summary>Rows of a set, a page at a time: a million of them need no memory.</summary>
    public static IEnumerable<SetRow> All(Store store, SetReference reference)
    {
        var after = 0L;
        for (var page = Next(); page.Count > 0; page = Next())
        {
            foreach (var row in page)
            {
                yield return row;
            }

            after = page[^1].Number;
        }

        IReadOnlyList<SetRow> Next() => store.Sets.Rows(reference.Name, after, Page);
    }

    /// <summary>A row as one message: a system message and earlier turns stand before the prompt, as models here have one turn.</summary>
    public static string Message(ImportedRow row)
    {
        string?[] before = [row.System, .. row.History.Select(turn => turn.Content)];
        return string.Join("\n\n", before.Where(text => !string.IsNullOrWhiteSpace(text)).Append(row.Prompt));
    }

    /// <summary>What is wrong with a reference, in a sentence; nothing if the set is there as the plan wants it.</summary>
    public static IEnumerable<string> Problems(Store store, SetReference reference, DatasetPurpose purpose)
    {
        if (store.Sets.Find(reference.Name) is not { } set)
        {
            yield return $"The set '{reference.Name}' that the plan names is not in {store.Folder}; import it again under this name.";
        }
        else if (set.Purpose != purpose)
        {
            yield return $"The set '{set.Name}' was taken in as {set.Purpose}; expected one of {purpose}.";
        }
        else if (set.Content != reference.Content)
        {
            yield return $"The set '{set.Name}' has other rows than the plan's (content {set.Content[..12]}, expected "
                + $"{reference.Content[..Math.Min(12, reference.Content.Length)]}); import the file of then under this name.";
        }
    }
}
