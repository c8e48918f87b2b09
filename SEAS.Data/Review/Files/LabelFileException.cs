namespace SEAS.Data.Review.Files;

/// <summary>A file of labels cannot be used. Nothing was stored.</summary>
public sealed class LabelFileException : Exception
{
    /// <param name="path">The file.</param>
    /// <param name="expected">What it should have been.</param>
    /// <param name="found">What it was.</param>
    /// <param name="remedy">What to do about it, as a sentence.</param>
    /// <param name="cause">What the file system or the reader said, if anything.</param>
    public LabelFileException(string path, string expected, string found, string remedy, Exception? cause = null)
        : base($"Cannot import labels from '{path}'. Expected: {expected}. Found: {found}. {remedy} Nothing was stored.", cause)
    {
    }
}
