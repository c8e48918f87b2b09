namespace SEAS.Training.Endpoints;

/// <summary>A model behind an endpoint did not answer as it should. The message names server and model, and never holds a key.</summary>
/// <param name="message">What failed, what was expected, what was found, what to do.</param>
/// <param name="inner">What lay beneath.</param>
public sealed class EndpointException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How often the same may be tried again; 0 where that cannot help.</summary>
    internal int MostRetries { get; init; }

    /// <summary>How long the server asks to wait; null where it does not say.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>The request will be another at once: a field that was refused is left out.</summary>
    internal bool Adapts { get; init; }
}

/// <summary>An answer holds an error in a choice's place.</summary>
internal sealed class EndpointErrorException(EndpointError error) : Exception(error.Message)
{
    public EndpointError Error => error;
}
