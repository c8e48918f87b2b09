using SEAS.Data.Contracts;
using SEAS.Data.Contracts.Inputs;
using SEAS.Data.Datasets.Import;
using SEAS.Training.Inputs;
using SEAS.Training.Runs.Stages;

namespace SEAS.Training.Runs.Measuring;

/// <summary>Prompts that a target is measured on: a file's rows, or what an attacker wrote.</summary>
/// <param name="Name">The file's name, or the attacker's.</param>
/// <param name="Format">What the file is; <see cref="WrittenByAttacker"/> for an attacker's prompts.</param>
/// <param name="Rows">The prompts.</param>
/// <param name="LeftOut">Rows of the file that are damaged and were not asked, a sentence each.</param>
internal sealed record PromptSource(string Name, string Format, IReadOnlyList<AskedRow> Rows, IReadOnlyList<string> LeftOut)
{
    /// <summary>The format of prompts that no file holds.</summary>
    public const string WrittenByAttacker = "attacker";

    /// <summary>Reads a file of any known format.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most rows; of a longer file every n-th is taken, so that no type at its end is left out. 0 takes all.</param>
    /// <exception cref="PromptSetException">It cannot be read, or holds no prompt.</exception>
    public static PromptSource OfFile(string path, int most)
    {
        using var file = DatasetFile.Open(path, purpose: DatasetPurpose.Evaluation);
        var (rows, leftOut) = (new List<AskedRow>(), new List<string>());
        foreach (var (row, problem) in file.Rows())
        {
            if (row is null)
            {
                leftOut.Add($"row {problem!.Row}: {problem.Message}");
            }
            else
            {
                rows.Add(new AskedRow(row.Row, SetRows.Message(row), CategoryLabel.Normalize(row.Category), row.IsSafe));
            }
        }

        if (rows.Count == 0)
        {
            throw new PromptSetException(
                path, "at least one prompt", leftOut.Count > 0 ? $"{leftOut.Count} rows, none of which can be read; {leftOut[0]}" : "none",
                "Mend the file.");
        }

        var asked = most == 0 || rows.Count <= most ? rows : [.. Enumerable.Range(0, most).Select(at => rows[(int)((long)at * rows.Count / most)])];
        return new PromptSource(Path.GetFileName(path), file.Format, asked, leftOut);
    }

    /// <summary>Seed prompts of a file, with their types.</summary>
    /// <exception cref="PromptSetException">It cannot be read, or holds no prompt.</exception>
    public static IReadOnlyList<TypedPrompt> Seeds(string path) =>
        [.. PromptSetReader.Read(path).Prompts.Select(prompt => new TypedPrompt(prompt.Category, prompt.Prompt.Trim()))];
}
