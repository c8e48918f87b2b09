using System.Globalization;

namespace SEAS.Data.Storage;

/// <summary>Holds a data folder for this process: two trainers in one folder would take each other's runs for abandoned ones.</summary>
/// <remarks>The operating system gives the lock back when the process dies, however it dies.</remarks>
internal sealed class FolderLock : IDisposable
{
    /// <summary>What the dashboard calls itself when it takes a folder.</summary>
    public const string Dashboard = "the dashboard";

    private const int HeldOnUnix = 11;                                   // EWOULDBLOCK
    private const int HeldOnMac = 35;                                    // EWOULDBLOCK there
    private const int HeldOnWindows = unchecked((int)0x8007_0020);       // ERROR_SHARING_VIOLATION

    private readonly FileStream _file;
    private readonly string _holder;

    private FolderLock(FileStream file, string holder, string what)
    {
        _file = file;
        _holder = holder;
        File.WriteAllText(holder, FormattableString.Invariant($"{Environment.ProcessId} {what}"));
    }

    /// <param name="folder">The data folder.</param>
    /// <param name="what">What this process is, for the message that a second one gets; empty for nothing in particular.</param>
    /// <exception cref="FolderHeldException">Another process, or another store of this one, holds the folder.</exception>
    public static FolderLock Take(string folder, string what = "")
    {
        var path = Path.Combine(folder, "seas.lock");
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error.HResult is HeldOnUnix or HeldOnMac or HeldOnWindows)
        {
            throw new FolderHeldException(folder, Holder(folder), error);
        }

        try
        {
            return new FolderLock(file, HolderPath(folder), what);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        File.Delete(_holder);
        _file.Dispose();
    }

    // A file of its own, because nobody else can open the locked one. It only makes the message better: the lock decides.
    private static string HolderPath(string folder) => Path.Combine(folder, "seas.pid");

    private static (int? Process, string What) Holder(string folder)
    {
        try
        {
            var said = File.ReadAllText(HolderPath(folder)).Split(' ', 2);
            return int.TryParse(said[0], CultureInfo.InvariantCulture, out var process)
                ? (process, said.Length > 1 ? said[1] : "")
                : (null, "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, "");
        }
    }
}
