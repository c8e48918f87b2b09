using System.Globalization;
using System.Runtime.InteropServices;
using SEAS.Web.Settings;

namespace SEAS.Web.Commands.Doctor;

/// <summary>Looks at the machine: processors, memory, how busy it is, room for runs, the port.</summary>
internal static class MachineExam
{
    private const double Gib = 1L << 30;
    private const double LeastMemory = 2;   // GiB: what the embedded run needs
    private const double LeastRoom = 1;     // GiB: checkpoints of several embedded runs
    private const string Load = "/proc/loadavg";

    public static IEnumerable<Finding> Look(DirectoryInfo? data) =>
        [Program(), Memory(), .. Busy(), Room(DataFolder.Resolve(data)), Port()];

    private static Finding Program() => Finding.Good(
        "program",
        $"SEAS {BuildFacts.Version} on .NET {Environment.Version}, {RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}");

    private static Finding Memory()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Gib;
        var found = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {memory:0.0} GiB of memory");
        return memory >= LeastMemory
            ? Finding.Good("machine", found)
            : Finding.Note("machine", found, $"The embedded run needs up to {LeastMemory} GiB: close other programs.");
    }

    private static IEnumerable<Finding> Busy()
    {
        if (!File.Exists(Load))
        {
            yield break;
        }

        var load = double.Parse(File.ReadAllText(Load).Split(' ')[0], CultureInfo.InvariantCulture);
        var found = string.Create(CultureInfo.InvariantCulture, $"{load:0.0} programs wanted a processor in the last minute");
        yield return load <= Environment.ProcessorCount
            ? Finding.Good("load", found)
            : Finding.Note("load", found, "Other programs are busy: measurements will be low and a run will take longer.");
    }

    private static Finding Room(string folder)
    {
        try
        {
            var existing = folder;
            while (!Directory.Exists(existing))
            {
                existing = Path.GetDirectoryName(existing)!;
            }

            var room = new DriveInfo(existing).AvailableFreeSpace / Gib;
            var found = string.Create(CultureInfo.InvariantCulture, $"runs are kept in {folder}; {room:0.0} GiB free");
            return room >= LeastRoom
                ? Finding.Good("data", found)
                : Finding.Problem("data", found, "Make room there, or choose another folder with --data or SEAS_DATA_DIR.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Finding.Problem("data", $"{folder} cannot be seen: {error.Message}", "Choose another one with --data or SEAS_DATA_DIR.");
        }
    }

    private static Finding Port()
    {
        var settings = new WebHostSettings { DataFolder = "" };
        try
        {
            PortInUseException.ThrowIfTaken(ListenAddress.From(settings));
            return Finding.Good("dashboard", $"port {settings.Port} is free");
        }
        catch (PortInUseException error)
        {
            return Finding.Note("dashboard", $"port {settings.Port} is taken", error.Message);
        }
    }
}
