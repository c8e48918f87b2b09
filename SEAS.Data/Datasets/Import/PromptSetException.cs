namespace SEAS.Data.Datasets.Import;

/// <summary>A file holds no prompts that can be read.</summary>
/// <remarks>The message says what failed, what was expected, what was found and what to do.</remarks>
public sealed class PromptSetException : Exception
{
    /// <param name="path">The file.</param>
    /// <param name="expected">What it should have been.</param>
    /// <param name="found">What it was.</param>
    /// <param name="remedy">What to do about it, as a sentence.</param>
    /// <param name="cause">What the file system or the reader said, if anything.</param>
    public PromptSetException(string path, string expected, string found, string remedy, Exception? cause = null)
        : base($"Cannot read '{path}'. Expected: {expected}. Found: {found}. {remedy}", cause)
    {
    }
}
