namespace SEAS.Data.Import;

/// <summary>Turns what can go wrong with a file into sentences with its name.</summary>
internal static class FileFaults
{
    /// <summary>Does something with a file.</summary>
    /// <exception cref="PromptSetException">It cannot be read.</exception>
    public static T Explained<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error)
        {
            if (Explain(path, error) is { } sentence)
            {
                throw sentence;
            }

            throw;
        }
    }

    /// <summary>The same for rows that are read one after another.</summary>
    public static IEnumerable<T> Explained<T>(string path, IEnumerable<T> rows)
    {
        using var row = rows.GetEnumerator();
        while (Explained(path, row.MoveNext))
        {
            yield return row.Current;
        }
    }

    private static PromptSetException? Explain(string path, Exception error) => error switch
    {
        SourceFault fault => new PromptSetException(path, fault.Expected, fault.Found, fault.Remedy, fault),
        FileNotFoundException or DirectoryNotFoundException =>
            new PromptSetException(path, "a file of prompts", "no such file", "Check the path.", error),
        InvalidDataException => new PromptSetException(path, "cells of a sensible length", error.Message, "Close the quote.", error),
        IOException or UnauthorizedAccessException => new PromptSetException(
            path,
            "a file that can be read",
            Directory.Exists(path) ? "a folder" : error.Message.TrimEnd('.'),
            "Check the path and its permissions.",
            error),
        _ => null,
    };
}
