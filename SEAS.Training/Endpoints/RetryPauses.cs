using SEAS.Training.Engine.Randomness;

namespace SEAS.Training.Endpoints;

/// <summary>How long to wait before an attempt is made again: longer each time, never quite equally long, and as the server asks.</summary>
internal sealed class RetryPauses(ulong seed)
{
    /// <summary>What a server may ask for; beyond that the run ends, and is resumed when a person sees fit.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(30);

    /// <summary>The pause after a failed attempt.</summary>
    /// <param name="call">The call: two calls that failed together do not come back together.</param>
    /// <param name="attempt">Attempts that failed before this one.</param>
    /// <param name="asked">What the server asked for; null if nothing.</param>
    public TimeSpan After(long call, int attempt, TimeSpan? asked)
    {
        var share = new RandomStream(seed, "endpoint/pause", call, attempt).NextDouble();
        if (asked is { } wanted)
        {
            return wanted + (s_first * share);   // never earlier than asked
        }

        var doubled = s_first * Math.Pow(2, Math.Min(attempt, 10));
        return (doubled < s_most ? doubled : s_most) * (0.5 + (share / 2));
    }
}
