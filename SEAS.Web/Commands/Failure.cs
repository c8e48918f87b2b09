using System.Runtime.InteropServices;
using SEAS.Data.Contracts;
using SEAS.Training.Engine.Torch;
using SEAS.Training.Runs.Plan;
using SEAS.Web.Settings;

namespace SEAS.Web.Commands;

/// <summary>Turns what went wrong into one clear message and an exit code. The only place that does.</summary>
internal static class Failure
{
    /// <summary>Writes the message; with <paramref name="verbose"/>, also where the error came from.</summary>
    /// <returns>The exit code that belongs to this kind of error.</returns>
    public static int Report(Exception error, bool verbose, TextWriter output)
    {
        output.WriteLine(Explain(error));
        if (verbose)
        {
            output.WriteLine(error);
        }
        else if (!IsExpected(error))
        {
            output.WriteLine("This was not foreseen. With --verbose it shows where it came from.");
        }

        return IsUsage(error) ? ExitCodes.Usage : ExitCodes.Error;
    }

    /// <summary>What failed and what to do, in plain words.</summary>
    public static string Explain(Exception error) => error switch
    {
        _ when IsOurs(error) => error.Message,
        OperationCanceledException => "Stopped. What was finished is stored.",
        UnauthorizedAccessException => $"{error.Message} Give this user the right to write there, or choose another folder with --data.",
        IOException when IsDiskFull(error) => $"The disk is full: {error.Message} Free some space; a run goes on with --resume.",
        DllNotFoundException or BadImageFormatException or TypeInitializationException { InnerException: DllNotFoundException } =>
            $"A native library is missing or does not fit: {(error.InnerException ?? error).Message} ./seas doctor says what is wrong.",
        ExternalException torch => $"torch: {TorchError.FirstLine(torch)}",
        IOException or InvalidDataException => error.Message,
        _ => $"{error.GetType().Name}: {error.Message}",
    };

    /// <summary>Errors that the project itself throws say what to do; so do the few others that are translated above.</summary>
    private static bool IsExpected(Exception error) =>
        IsOurs(error) || error is OperationCanceledException or IOException or InvalidDataException or UnauthorizedAccessException
            or DllNotFoundException or BadImageFormatException or TypeInitializationException { InnerException: DllNotFoundException }
            or ExternalException;

    private static bool IsOurs(Exception error) =>
        error.GetType().Assembly.GetName().Name?.StartsWith("SEAS.", StringComparison.Ordinal) == true;

    private static bool IsUsage(Exception error) => error is UsageException or SettingsException or RunPlanException;

    // ENOSPC and EDQUOT, as .NET reports them on Unix; ERROR_DISK_FULL on Windows.
    private static bool IsDiskFull(Exception error) => error.HResult is 28 or 122 or unchecked((int)0x80070070);
}
