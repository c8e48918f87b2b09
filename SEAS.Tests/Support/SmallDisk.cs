using System.Diagnostics;
using SEAS.Training.Text.Normalization;
using SEAS.Web.Composition;

namespace SEAS.Tests.Support;

/// <summary>The whole program where a folder is a disk of a few KiB, which a mount of its own makes possible on Linux.</summary>
internal static class SmallDisk
{
    /// <summary>The program, as a shell calls it.</summary>
    public static string Program => $"dotnet '{typeof(WebHost).Assembly.Location}'";

    /// <summary>Runs a script whose mounts nobody else sees; skips the test where that is not allowed.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(string script)
    {
        Skip.IfNot(await ShellAsync("true") is (0, _, _), "This machine lets no process have a mount of its own (unshare -rm).");
        return await ShellAsync(script);
    }

    /// <summary>Makes a folder a disk of its own.</summary>
    public static string Mount(string folder, string size) => $"mount -t tmpfs -o size={size} tmpfs '{folder}'";

    private static async Task<(int Code, string Output, string Errors)> ShellAsync(string script)
    {
        try
        {
            using var shell = Process.Start(new ProcessStartInfo("unshare", ["-rm", "sh", "-c", script])
            {
                UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var output = shell.StandardOutput.ReadToEndAsync();
            var errors = shell.StandardError.ReadToEndAsync();
            await shell.WaitForExitAsync();
            return (shell.ExitCode, await output, await errors);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (-1, "", missing.Message);
        }
    }
}
