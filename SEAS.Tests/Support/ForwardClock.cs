using SEAS.Web.Live;

namespace SEAS.Tests.Support;

/// <summary>The system's clock, which a test may put forward: what ends with time ends now.</summary>
internal sealed class ForwardClock : TimeProvider
{
    private long _ahead;

    public void Forward(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
}
