using SEAS.Data.Datasets.Import;
using SEAS.Data.Datasets.Import.Records;
using SEAS.Data.Datasets.Import.Sources;
using SEAS.Data.Datasets.Import.Staging;

namespace SEAS.Data.Review.Files;

/// <summary>Reads a file of labels of whatever kind it is, packed or not, as every import reads files.</summary>
/// <param name="Format">What a person calls the kind.</param>
/// <param name="Labels">What it says, in its order.</param>
internal sealed record LabelFile(string Format, IReadOnlyList<RawLabel> Labels)
{
    private const string Expected = "labels as JSON Lines, CSV, an export of Argilla or an export of Label Studio";

    private const int Beginning = 1 << 16;

    /// <exception cref="LabelFileException">It cannot be read, or is of no kind that is known.</exception>
    public static LabelFile Read(string path, ProblemLog problems)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var source = ImportSource.Open(path, Path.GetFileName(path));
            return Of(path, source.Text, problems);
        }
        catch (Exception error) when (FileFaults.Of(path, error, "labels") is { } fault)
        {
            throw new LabelFileException(path, fault.Expected, fault.Found, fault.Remedy, error);
        }
    }

    private static LabelFile Of(string path, CheckedText text, ProblemLog problems)
    {
        var beginning = text.Beginning(Beginning).TrimStart();
        return beginning switch
        {
            [] => throw new LabelFileException(path, Expected, "an empty file", "Export again."),
            ['[', ..] => JsonLabels.Read(new JsonRecords(isArray: true), text, problems),
            ['{', ..] => JsonLabels.Read(new JsonLines(), text, problems),
            _ => CsvLabels.Read(beginning, text, problems)
                ?? throw new LabelFileException(
                    path,
                    $"{Expected}; a table needs a column for the label ({string.Join(", ", LabelColumns.Questions)}) and " +
                    $"columns that find the item ({LabelColumns.Round}, {LabelColumns.Seed}, {LabelColumns.PromptIndex}, " +
                    $"{LabelColumns.AnswerIndex}; or {LabelColumns.ContentHash}; or {LabelColumns.Prompt} and {LabelColumns.Answer})",
                    $"the columns {CsvLabels.Header(beginning)}",
                    "Name the columns so."),
        };
    }
}
