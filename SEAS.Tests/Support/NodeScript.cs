using System.Diagnostics;

namespace SEAS.Tests.Support;

/// <summary>Runs a script of the test project under node, with npm's packages beside it.</summary>
internal static class NodeScript
{
    private static readonly string s_tests = Path.Combine(Repository.Root, "SEAS.Tests");

    /// <summary>Skips the test where node or one of its packages is not installed.</summary>
    public static void Require(string package)
    {
        Skip.IfNot(Directory.Exists(Path.Combine(s_tests, "node_modules", package)),
            "npm's packages are not installed: (cd SEAS.Tests && npm install)");
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        Skip.IfNot(path.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "node"))), "node is not installed.");
    }

    /// <summary>What the script prints; its errors as an exception.</summary>
    /// <param name="script">Its path within the test project.</param>
    /// <param name="input">What it reads from standard input; null closes that at once.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<string> RunAsync(string script, string? input, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = s_tests, UseShellExecute = false,
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in (string[])[script, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var node = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var errors = node.StandardError.ReadToEndAsync(limit.Token);
        var output = node.StandardOutput.ReadToEndAsync(limit.Token);
        await node.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
        node.StandardInput.Close();
        var text = await output;
        await node.WaitForExitAsync(limit.Token);
        return node.ExitCode == 0 ? text : throw new InvalidOperationException(await errors);
    }
}
