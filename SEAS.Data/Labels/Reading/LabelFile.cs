using System.Text;

namespace SEAS.Data.Labels;

/// <summary>Reads a file of labels of whatever kind it is.</summary>
/// <param name="Format">What a person calls the kind.</param>
/// <param name="Labels">What it says, in its order.</param>
internal sealed record LabelFile(string Format, IReadOnlyList<RawLabel> Labels)
{
    private const string Expected =
        "labels as JSON Lines, CSV, an export of Argilla or an export of Label Studio, in UTF-8";

    /// <exception cref="LabelFileException">It cannot be read, or is of no kind that is known.</exception>
    public static LabelFile Read(string path, LabelProblems problems)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var text = File.ReadAllText(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return Of(path, text, problems);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LabelFileException(path, "a file of labels", "no such file", "Check the path.", error);
        }
        catch (DecoderFallbackException error)
        {
            throw new LabelFileException(path, "text in UTF-8", "bytes that are not UTF-8", "Save the file as UTF-8.", error);
        }
        catch (InvalidDataException error)
        {
            throw new LabelFileException(path, "cells of a sensible length", error.Message, "Close the quote.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var found = Directory.Exists(path) ? "a folder" : error.Message.TrimEnd('.');
            throw new LabelFileException(path, "a file that can be read", found, "Check the path and its permissions.", error);
        }
    }

    private static LabelFile Of(string path, string text, LabelProblems problems)
    {
        var first = text.AsSpan().TrimStart() is [var letter, ..] ? letter : default(char?);
        return first switch
        {
            null => throw new LabelFileException(path, Expected, "an empty file", "Export again."),
            '[' => JsonLabels.ReadArray(path, text, problems),
            '{' => JsonLabels.ReadLines(text, problems),
            _ => CsvLabels.Read(text, problems)
                ?? throw new LabelFileException(
                    path,
                    $"{Expected}; a table needs a column for the label ({string.Join(", ", LabelColumns.Questions)}) and " +
                    $"columns that find the item ({LabelColumns.Round}, {LabelColumns.Seed}, {LabelColumns.PromptIndex}, " +
                    $"{LabelColumns.AnswerIndex}; or {LabelColumns.ContentHash}; or {LabelColumns.Prompt} and {LabelColumns.Answer})",
                    $"the columns {CsvLabels.Header(text)}",
                    "Name the columns so."),
        };
    }
}
