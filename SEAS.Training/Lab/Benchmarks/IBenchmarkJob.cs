namespace SEAS.Training.Lab.Benchmarks;

/// <summary>One piece of work, set up once and then done as often as asked.</summary>
internal interface IBenchmarkJob : IDisposable
{
    /// <summary>Does the whole piece.</summary>
    /// <returns>The real tokens that it counts.</returns>
    long RunOnce();
}
