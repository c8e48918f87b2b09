using SEAS.Data.Datasets.Import.Sources;

namespace SEAS.Data.Datasets.Import;

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

    private static PromptSetException? Explain(string path, Exception error) => Of(path, error, "prompts") is { } fault
        ? new PromptSetException(path, fault.Expected, fault.Found, fault.Remedy, error)
        : null;

    /// <summary>What is wrong with a file, in words; null for an error that is none of the file's.</summary>
    /// <param name="path">The file.</param>
    /// <param name="error">What happened while it was read.</param>
    /// <param name="what">What it should be a file of.</param>
    public static FileFault? Of(string path, Exception error, string what) => error switch
    {
        SourceFault fault => new FileFault(fault.Expected, fault.Found, fault.Remedy),
        FileNotFoundException or DirectoryNotFoundException => new FileFault($"a file of {what}", "no such file", "Check the path."),
        InvalidDataException => new FileFault("cells of a sensible length", error.Message, "Close the quote."),
        IOException or UnauthorizedAccessException => new FileFault(
            "a file that can be read", Directory.Exists(path) ? "a folder" : error.Message.TrimEnd('.'),
            "Check the path and its permissions."),
        _ => null,
    };
}

/// <summary>What is wrong with a file.</summary>
internal sealed record FileFault(string Expected, string Found, string Remedy);
