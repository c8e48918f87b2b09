namespace SEAS.Data.Datasets.Frozen;

/// <summary>Datasets cannot be frozen, exported or checked. The message says why and what to do.</summary>
/// <param name="message">What failed, what was expected, what was found, what to do.</param>
/// <param name="cause">What the file system or a reader said, if anything.</param>
public class DatasetException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>A round has no frozen datasets yet, or not this version of them.</summary>
/// <param name="message">What was asked for and what there is.</param>
public sealed class DatasetNotFoundException(string message) : DatasetException(message);
