using System.Diagnostics;
using System.Globalization;

namespace SEAS.Training.Runs.Context;

/// <summary>What this process holds in memory, in MiB.</summary>
public static class ProcessMemory
{
    private const string Status = "/proc/self/status";

    /// <summary>Resident memory now.</summary>
    public static int CurrentMib() => Read("VmRSS:") ?? ToMib(Process.GetCurrentProcess().WorkingSet64);

    /// <summary>The most that was ever resident.</summary>
    public static int PeakMib() => Read("VmHWM:") ?? ToMib(Process.GetCurrentProcess().PeakWorkingSet64);

    private static int ToMib(long bytes) => (int)(bytes >> 20);

    private static int? Read(string field)
    {
        if (!File.Exists(Status))
        {
            return null;
        }

        var line = File.ReadLines(Status).FirstOrDefault(text => text.StartsWith(field, StringComparison.Ordinal));
        return line is null ? null : int.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(),
            CultureInfo.InvariantCulture) / 1024;
    }
}
