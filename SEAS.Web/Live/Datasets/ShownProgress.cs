namespace SEAS.Web.Live.Datasets;

/// <summary>Progress of work on another thread, handed to a page at most ten times a second.</summary>
/// <param name="clock">Measures the time between two.</param>
/// <param name="show">Shows the newest; may be called on any thread, and must not throw.</param>
internal sealed class ShownProgress<T>(TimeProvider clock, Action<T> show) : IProgress<T>
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    private long _told;

    public void Report(T value)
    {
        var now = clock.GetTimestamp();
        if (_told == 0 || clock.GetElapsedTime(_told, now) >= s_interval)
        {
            _told = now;
            show(value);
        }
    }
}
