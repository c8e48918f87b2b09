using System.Collections.Immutable;
using SEAS.Data.Contracts.Events;

namespace SEAS.Web.Live;

/// <summary>How fast the machine works and what it needs, as last told.</summary>
/// <param name="TokensPerSecond">Of the present stage; null while unknown.</param>
/// <param name="MemoryMib">Resident memory of the process; null while unknown.</param>
/// <param name="SecondsLeft">Until the run ends, guessed; null while unknown.</param>
/// <param name="Speeds">The last speeds, oldest first.</param>
public sealed record EngineView(double? TokensPerSecond, double? MemoryMib, double? SecondsLeft, ImmutableList<double> Speeds)
{
    private const int KeptSpeeds = 120;

    public static EngineView Unknown { get; } = new(null, null, null, []);

    internal EngineView After(ProgressEvent progress)
    {
        // A stage that counts no tokens reports none: that is no speed.
        double? speed = progress.TokensPerSecond is > 0 ? progress.TokensPerSecond : null;
        var speeds = speed is { } known ? Speeds.Add(known) : Speeds;
        return new EngineView(
            speed,
            progress.RssMib ?? MemoryMib,
            progress.SecondsLeft,
            speeds.Count > KeptSpeeds ? speeds.RemoveAt(0) : speeds);
    }
}
