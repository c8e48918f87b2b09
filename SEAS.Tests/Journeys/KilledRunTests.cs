using System.Diagnostics;
using SEAS.Training.Text.Normalization;
using SEAS.Web.Composition;

namespace SEAS.Tests.Journeys;

/// <summary>The program killed with SIGKILL, twice, and resumed: what a power cut does.</summary>
public sealed class KilledRunTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(8);

    private readonly string _folder = Directory.CreateTempSubdirectory("seas-killed-").FullName;

    [Fact]
    public async Task A_run_killed_in_an_attack_and_in_an_optimization_ends_like_an_undisturbed_one()
    {
        string[] run = ["run", "--preset", "smoke", "--seed", "5", "--set", "Rounds=1", "--quiet"];
        Assert.Equal(0, await RunAsync([.. run, "--data", Place("calm"), "--json", Place("calm.json")]));

        var killed = Place("killed");
        await KillAsync([.. run[..^1], "--data", killed], after: "evaluate");                       // in round 1's attack
        await KillAsync(["run", "--resume", "--data", killed], after: "choose pairs");              // in the tuning of R
        Assert.Equal(0, await RunAsync(["run", "--resume", "--data", killed, "--json", Place("killed.json"), "--quiet"]));

        Assert.Equal(await FiguresAsync("calm.json"), await FiguresAsync("killed.json"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Place(string name) => Path.Combine(_folder, name);

    // Time and memory are measured, not computed; all else must be the same.
    private async Task<string> FiguresAsync(string name) => string.Join('\n', (await File.ReadAllLinesAsync(Place(name)))
        .Where(line =>
            !line.Contains("\"seconds\"", StringComparison.Ordinal) && !line.Contains("\"peak_rss_mib\"", StringComparison.Ordinal)));

    private static async Task<int> RunAsync(string[] arguments)
    {
        using var process = Start(arguments);
        using var patience = new CancellationTokenSource(s_patience);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, await errors);
        return process.ExitCode;
    }

    /// <summary>Kills the program a moment after it has said that a stage is done, so in the middle of the next one.</summary>
    private static async Task KillAsync(string[] arguments, string after)
    {
        using var process = Start(arguments);
        using var patience = new CancellationTokenSource(s_patience);
        var said = new List<string>();
        while (await process.StandardError.ReadLineAsync(patience.Token) is { } line)
        {
            said.Add(line);
            if (line.Contains(after, StringComparison.Ordinal))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(150), patience.Token);
                process.Kill();
                await process.WaitForExitAsync(patience.Token);
                return;
            }
        }

        Assert.Fail($"The run never said '{after}'. It said:\n{string.Join('\n', said)}");
    }

    private static Process Start(string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [typeof(WebHost).Assembly.Location, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
        Environment = { ["NO_COLOR"] = "1" },
    })!;
}
