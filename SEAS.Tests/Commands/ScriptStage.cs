using System.Diagnostics;
using SEAS.Tests.Support;
using SEAS.Web.Live;

namespace SEAS.Tests.Commands;

/// <summary>A copy of the script in an empty project, with actors in place of dotnet, apt-get and dpkg-query.</summary>
/// <remarks>Each actor is a few lines of shell; what it was called with is noted in <c>calls</c>.</remarks>
internal sealed class ScriptStage : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ScriptStage()
    {
        foreach (var file in new[] { "seas", "build/setup.sh", "build/testing.sh" })
        {
            Write(file, Repository.Read(file));
        }

        foreach (var project in new[] { "SEAS.Data", "SEAS.Training", "SEAS.Web", "SEAS.Tests", "wwwroot" })
        {
            Directory.CreateDirectory(At(project));
        }

        foreach (var file in new[] { "SEAS.sln", "Directory.Build.props", "Directory.Build.targets",
            "global.json", ".editorconfig", "BannedSymbols.txt" })
        {
            Write(file, "");
        }

        Write("SEAS.Web/bin/Release/net10.0/SEAS.Web.dll", "");
        Act("dotnet", "exit 0");
        Act("dpkg-query", Installed("chromium"));
        Act("apt-get", "exit 0");
        Act("node", "exit 0");   // whether this system has them must not matter
        Act("npm", "exit 0");
        Act("sudo", "while [ \"${1#-}\" != \"$1\" ]; do shift; done; exec \"$@\"");
    }

    /// <summary>What the actors were called with, a line each.</summary>
    public IReadOnlyList<string> Calls => File.Exists(At("calls")) ? File.ReadAllLines(At("calls")) : [];

    /// <summary>The words of a dpkg-query that knows these packages.</summary>
    public static string Installed(params string[] names) => string.Concat(names.Select(name => $"echo 'installed {name}'\n"));

    /// <summary>Puts an actor on the stage.</summary>
    public void Act(string name, string lines)
    {
        var path = Write($"actors/{name}", $"#!/bin/bash\necho \"{name} $*\" >>'{At("calls")}'\n{lines}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Runs the script.</summary>
    public Task<ProgramRun> RunAsync(params string[] arguments) => RunAsync(At("seas"), arguments);

    private async Task<ProgramRun> RunAsync(string script, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            Environment = { ["PATH"] = $"{At("actors")}:{Environment.GetEnvironmentVariable("PATH")}" },
        })!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ProgramRun(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs the script of a copy of the whole project that lies elsewhere, with all that was built in it.</summary>
    public async Task<ProgramRun> RunCopyAsync(params string[] arguments)
    {
        using var elsewhere = new TemporaryFolder();
        using var copying = Process.Start("cp", ["-a", $"{_folder.Path}/.", elsewhere.Path]);
        await copying.WaitForExitAsync();
        return await RunAsync(Path.Combine(elsewhere.Path, "seas"), arguments);
    }

    public void Dispose() => _folder.Dispose();

    private string At(string relative) => Path.Combine(_folder.Path, relative);

    private string Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(relative))!);
        File.WriteAllText(At(relative), text);
        return At(relative);
    }
}
