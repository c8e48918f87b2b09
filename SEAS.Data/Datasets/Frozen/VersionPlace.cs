using SEAS.Data.Contracts;
using SEAS.Data.Storage;

namespace SEAS.Data.Datasets.Frozen;

/// <summary>Where a version is written, and where it then stands.</summary>
/// <param name="dataFolder">The data folder.</param>
/// <param name="run">The run.</param>
/// <param name="round">The round.</param>
/// <param name="version">The version.</param>
internal sealed class VersionPlace(string dataFolder, RunId run, int round, int version)
{
    public RunId Run => run;

    public int Round => round;

    public int Version => version;

    /// <summary>The finished folder, relative to the data folder, with forward slashes.</summary>
    public string Relative => FormattableString.Invariant($"runs/{run}/datasets/round-{round}/v{version}");

    public string Final => Path.Combine(dataFolder, Relative);

    /// <summary>Where it is written first; a name that no version has.</summary>
    public string Part => Final + ".part";

    /// <summary>Makes an empty folder to write into; what an interrupted attempt left is removed.</summary>
    public void Begin()
    {
        Tidy();
        Directory.CreateDirectory(Part);
    }

    /// <summary>Writes a small file and hands it to the disk.</summary>
    public void WriteDurably(string name, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(Path.Combine(Part, name), FileMode.CreateNew, FileAccess.Write);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Gives the folder its name. One that is there already was never recorded: a process died in between.</summary>
    public void Complete()
    {
        if (Directory.Exists(Final))
        {
            Directory.Delete(Final, recursive: true);
        }

        FolderFlush.ToDisk(Part);
        Directory.Move(Part, Final);
        FolderFlush.ToDisk(Path.GetDirectoryName(Final)!);
    }

    /// <summary>Removes what is not complete.</summary>
    public void Tidy()
    {
        if (Directory.Exists(Part))
        {
            Directory.Delete(Part, recursive: true);
        }
    }
}
