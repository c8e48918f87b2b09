using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import;

/// <summary>Reads all prompts of a file at once, with their types in SEAS's spelling: for a run that begins with a file.</summary>
public static class PromptSetReader
{
    /// <summary>Reads a file. Rows that are damaged are left out and reported; the others are kept.</summary>
    /// <exception cref="PromptSetException">The file is missing, unreadable or empty, or holds no prompt at all.</exception>
    public static PromptSet Read(string path)
    {
        using var file = DatasetFile.Open(path);
        var (prompts, errors) = (new List<ImportedPrompt>(), new List<RowError>());
        foreach (var (row, problem) in file.Rows())
        {
            if (row is null)
            {
                errors.Add(problem!);
            }
            else
            {
                prompts.Add(new ImportedPrompt(
                    row.Prompt.Trim(), CategoryLabel.Normalize(row.Category), row.Source ?? file.Source, row.Row) { IsSafe = row.IsSafe });
            }
        }

        if (prompts.Count == 0)
        {
            var found = errors is [var first, ..]
                ? $"{errors.Count} rows, none of which can be read; row {first.Row}: {first.Message}"
                : "a header and nothing below it";
            throw new PromptSetException(path, $"at least one prompt in a file of the format {file.Format}", found, "Mend the file.");
        }

        return new PromptSet(file.Format, prompts, errors) { Reason = file.Reason };
    }
}
