namespace SEAS.Data.Contracts;

/// <summary>The store cannot do what was asked. The message says what failed, what was expected, what was found and what to do.</summary>
public class StoreException : Exception
{
    /// <param name="message">For a person to read.</param>
    /// <param name="cause">What SQLite or the file system said, if anything.</param>
    public StoreException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
