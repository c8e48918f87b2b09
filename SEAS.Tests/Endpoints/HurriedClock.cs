using System.Collections.Concurrent;

namespace SEAS.Tests.Endpoints;

/// <summary>A clock on which pauses are over at once, but for those of one length: time-outs stay what they are.</summary>
internal sealed class HurriedClock(TimeSpan kept) : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == kept || dueTime == Timeout.InfiniteTimeSpan)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        Pauses.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
