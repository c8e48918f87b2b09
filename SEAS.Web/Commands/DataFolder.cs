using System.CommandLine;
using SEAS.Training.Text.Templates.Reading;

namespace SEAS.Web.Commands;

/// <summary>Where runs are kept: <c>--data</c>, else <c>SEAS_DATA_DIR</c>, else <c>seas</c> among the user's application data.</summary>
internal static class DataFolder
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "SEAS_DATA_DIR";

    public static Option<DirectoryInfo?> Option() => new("--data")
    {
        Description = $"Where runs are kept. Default: ${Variable}, else ~/.local/share/seas.",
        HelpName = "DIR",
    };

    /// <summary>The folder as a full path. It need not exist yet.</summary>
    public static string Resolve(DirectoryInfo? asked)
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        return asked?.FullName
            ?? (string.IsNullOrWhiteSpace(named) ? null : Path.GetFullPath(named))
            ?? Path.Combine(UserData(), "seas");
    }

    /// <summary>Creates the folder and proves that it can be written, so that a run does not find out an hour later.</summary>
    /// <exception cref="DataFolderException">It cannot be created or written.</exception>
    public static string Prepare(DirectoryInfo? asked)
    {
        var folder = Resolve(asked);
        try
        {
            Directory.CreateDirectory(folder);
            var proof = Path.Combine(folder, $".write-test-{Environment.ProcessId}");
            File.WriteAllText(proof, "");
            File.Delete(proof);
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataFolderException(folder, error);
        }
    }

    // On Linux this is XDG_DATA_HOME, else ~/.local/share.
    private static string UserData() =>
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
}

/// <summary>The folder for runs cannot be used.</summary>
internal sealed class DataFolderException(string folder, Exception cause) : Exception(
    $"Runs cannot be kept in {folder}: {cause.Message} Give this user the right to write there, or choose another folder with --data.",
    cause);
