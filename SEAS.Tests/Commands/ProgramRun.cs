using System.Diagnostics;
using SEAS.Training.Text.Normalization;
using SEAS.Web.Composition;

namespace SEAS.Tests.Commands;

/// <summary>The whole program, run once as a shell would.</summary>
/// <param name="ExitCode">What it told the shell.</param>
/// <param name="Output">Its output stream.</param>
/// <param name="Errors">Its error stream.</param>
internal sealed record ProgramRun(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    public static async Task<ProgramRun> OfAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(WebHost).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["NO_COLOR"] = "1" },
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException late)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"seas {string.Join(' ', arguments)} did not end within {s_patience}.", late);
        }

        return new ProgramRun(process.ExitCode, await output, await errors);
    }
}
