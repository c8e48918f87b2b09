namespace SEAS.Web.Commands;

/// <summary>A program that was to be measured could not do its job.</summary>
internal sealed class BenchmarkFailedException(string message) : Exception(message);
